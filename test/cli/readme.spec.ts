import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo } from '../../src/cli/demo';
import { freshDatabase } from '../cluster/database';
import { puente } from './terminal';

// A process takes seconds to start on a busy machine, and the demo imports the whole cohort.

const root = join(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the README', () => {
  it('names every command of the command line', async () => {
    const { out } = await puente(['--help'], {});
    const commands = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)/gm)].map(([, command]) => command!);
    expect(commands).toContain('serve');
    const named = (command: string) => new RegExp(`npm run (--silent )?(puente -- )?${command}\\b`).test(readme);
    expect(commands.filter((command) => command !== 'help' && !named(command))).toEqual([]);
  });

  it('shows what the demo prints in an empty folder', async () => {
    const shown = /`npm run demo -- --once` ends after the report:\s+```\n([\s\S]*?)```/.exec(readme)![1]!;
    const home = mkdtempSync(join(tmpdir(), 'puente-demo-'));
    const database = await freshDatabase();
    let printed = '';
    const terminal = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))));
    try {
      const log = (line: string) => void (printed += `${line}\n`);
      await demo({ settings: { home, databaseUrl: database.url, log }, cohort: join(root, 'data/iuc-lac/cohort.jsonl'), once: true });
    } finally {
      terminal.mockRestore();
      await database.drop();
      rmSync(home, { recursive: true });
    }
    const lines = printed.replace(/\(import .*\)/, '(import …)').split('\n');
    const wanted = shown.split('\n').filter((line) => line !== '' && line !== '…');
    expect(wanted.length).toBeGreaterThan(3);
    expect(wanted.filter((line) => !lines.includes(line))).toEqual([]);
  });
});
