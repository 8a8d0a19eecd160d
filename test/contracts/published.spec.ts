import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJest } from '../../scripts/run-jest';
import { MemoryStore } from '../../src/store/memory';
import { event } from '../stores/events';
import { unpublished } from '../published';

const root = join(__dirname, '../..');

describe('an event that a test appends', () => {
  it('is held to what is published of its type', async () => {
    const store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
    await store.append('pairing-one', [event('ThemeAgreed', { theme: 'housing' }), event('Imagined', { theme: 1 })], 'none');
    expect(unpublished()).toEqual([]);
    await store.append('pairing-one', [event('ThemeAgreed', { theme: 1 }), event('ThemeAgreed', {})], 1);
    expect(unpublished()).toEqual([
      'pairing-one: ThemeAgreed/theme must be string',
      "pairing-one: ThemeAgreed must have required property 'theme'",
    ]);
  });

  it('fails that test where it is of another shape', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'puente-published-'));
    const config = join(folder, 'jest.json');
    const { testEnvironment, transform, transformIgnorePatterns, setupFiles, setupFilesAfterEnv } =
      jest.requireActual<Readonly<Record<string, unknown>>>('../../jest.config.js');
    writeFileSync(
      config,
      JSON.stringify({
        ...{ rootDir: root, testMatch: ['**/*.fixture.ts'], testEnvironment, transform, transformIgnorePatterns },
        ...{ setupFiles, setupFilesAfterEnv },
      }),
    );
    try {
      const { tests, broken } = await runJest({
        root,
        files: ['test/contracts/appending.fixture.ts'],
        options: ['--config', config],
        limit: 2,
      });
      expect(broken).toEqual([]);
      expect(tests.map(({ name, failed }) => [name, failed])).toEqual([
        ['appends another shape', true],
        ['appends what is published', false],
        ['appends what only tests know', false],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
