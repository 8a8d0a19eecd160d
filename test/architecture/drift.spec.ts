import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueFile, generate as catalogue } from '../../scripts/catalogue';
import { generate as schemas } from '../../scripts/schemas';

describe('what is generated and committed', () => {
  it('the catalogue says what the tables say (otherwise: npm run catalogue)', () => {
    expect(readFileSync(catalogueFile, 'utf8')).toBe(catalogue());
  });

  it('the event schemas are those of the interfaces (otherwise: npm run schemas)', () => {
    for (const [path, text] of schemas()) expect(readFileSync(path, 'utf8')).toBe(text);
  }, 60_000);

  it('the contracts and the types of the client are those of the system (otherwise: npm run contracts)', () => {
    const root = join(__dirname, '../..');
    // In a process of its own: what generates types is an ES module, which Jest does not load.
    const { stdout, stderr } = spawnSync(process.execPath, ['-r', '@swc-node/register', join(root, 'scripts/contracts.ts'), '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([stdout.trim(), stderr]).toEqual(['[]', '']);
  });
});
