import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJest, unsound } from './run-jest';

describe('a tree whose tests are run', () => {
  const root = mkdtempSync(join(tmpdir(), 'puente-tree-'));
  beforeAll(() => {
    symlinkSync(join(__dirname, '../node_modules'), join(root, 'node_modules'));
    writeFileSync(join(root, 'package.json'), '{}');
    writeFileSync(join(root, 'good.spec.js'), `it('holds', () => expect(process.env.GIVEN).toBe('this'));`);
    writeFileSync(join(root, 'bad.spec.js'), `it('holds', () => undefined); it('does not', () => expect(1).toBe(2));`);
    writeFileSync(join(root, 'broken.spec.js'), `it('is no program`);
    writeFileSync(join(root, 'endless.spec.js'), `it('does not end', () => { for (;;); });`);
  });
  afterAll(() => rmSync(root, { recursive: true }));
  const wrong = async (files: readonly string[], named?: string, limit = 2) =>
    unsound(await runJest({ root, files, named, limit, environment: { GIVEN: 'this' } }), limit);

  it('is sound where every test holds, and told of by the test that does not', async () => {
    expect(await wrong(['good.spec.js'])).toEqual([]);
    expect(await wrong(['bad.spec.js'])).toEqual([expect.stringMatching(/^bad.spec.js: does not: .*toBe/)]);
  });

  it('is not sound where a file is no program, or no test ran', async () => {
    expect(await wrong(['good.spec.js', 'broken.spec.js'])).toEqual([expect.stringMatching(/^broken.spec.js: /)]);
    expect(await wrong(['good.spec.js'], 'of another name')).toEqual(['no test ran']);
  });

  it('is given up where it does not end', async () => {
    expect(await wrong(['endless.spec.js'], undefined, 0.05)).toEqual(['no end within 0.05 minutes', 'no test ran']);
  });
});
