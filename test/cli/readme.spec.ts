import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { demo } from '../../src/cli/demo';
import { demoFiles } from '../../src/cli/demo-files';
import { everyReadModel } from '../../src/puente';
import { type Database, freshDatabase } from '../cluster/database';
import { commandLine, puente } from './terminal';

// A process takes seconds to start on a busy machine, and the demo imports the whole cohort.

const root = join(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The code between two marks. */
const code = (mark: string) => new RegExp(`<!-- ${mark} -->\\s+\`\`\`\\w+\\n([\\s\\S]*?)\`\`\`\\s+<!-- /${mark} -->`).exec(readme)![1]!;

describe('the README', () => {
  let home: string;
  let database: Database;
  let printed = '';
  /** A newcomer's first minutes. */
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'puente-demo-'));
    database = await freshDatabase();
    const terminal = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))));
    try {
      const log = (line: string) => void (printed += `${line}\n`);
      await demo({ settings: { home, databaseUrl: database.url, log }, files: demoFiles(join(root, 'data')), once: true });
    } finally {
      terminal.mockRestore();
    }
  });
  afterAll(async () => {
    await database.drop();
    rmSync(home, { recursive: true });
  });

  /** What its commands print in a shell where the demo has run. */
  const shell = async (mark: string): Promise<string> => {
    const npm = `npm() { while [ "$1" != -- ]; do shift; done; shift; node ${commandLine()} "$@"; }`;
    const { stdout } = await promisify(execFile)('bash', ['-euc', `${npm}\n${code(mark)}`], {
      cwd: root,
      env: { PATH: process.env['PATH'], PUENTE_HOME: home, DATABASE_URL: database.url },
    });
    return stdout;
  };

  it('names every command of the command line', async () => {
    const { out } = await puente(['--help'], {});
    const commands = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)/gm)].map(([, command]) => command!);
    expect(commands).toContain('serve');
    const named = (command: string) => new RegExp(`npm run (--silent )?(puente -- )?${command}\\b`).test(readme);
    expect(commands.filter((command) => command !== 'help' && !named(command))).toEqual([]);
  });

  it('leads to the names of all read models that can be filled anew', () => {
    const [, anchor = ''] = /^\| `npm run puente -- rebuild .*\(docs\/reliability\.md#(\w+)\)/m.exec(readme) ?? [];
    const reliability = readFileSync(join(root, 'docs/reliability.md'), 'utf8');
    const [, told = ''] =
      new RegExp(`^## ${anchor}$\n\nWhat can be filled anew, by the names that \`puente status\` tells: (.*)$`, 'im').exec(reliability) ??
      [];
    const named = [...told.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    expect(named).toEqual(everyReadModel.map(({ name }) => name));
  });

  it('shows what the demo prints in an empty folder', () => {
    const shown = /`npm run demo -- --once` ends after the report:\s+```\n([\s\S]*?)```/.exec(readme)![1]!;
    const lines = printed.replaceAll(/\(import .*\)/g, '(import …)').split('\n');
    const wanted = shown.split('\n').filter((line) => line !== '' && line !== '…');
    expect(wanted.length).toBeGreaterThan(3);
    expect(wanted.filter((line) => !lines.includes(line))).toEqual([]);
  });

  it('asks for a report that answers its reader, whenever that is', async () => {
    const report = await shell('known-at');
    expect(report).toMatch(/What had happened by 2019-06-30, as known at \d/);
    expect(report).toMatch(/Pairings formed +│ +[1-9]\d* pairings │ +26 │ (yes|no)/);
  });
});
