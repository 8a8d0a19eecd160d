import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Check } from '../src/cli/checks';
import { embedded } from '../test/cluster/start';
import { type Mutant, mutants } from './mutants';
import { runJest, unsound } from './run-jest';

const root = join(__dirname, '..');
/** A test that waits for what never comes is told so by Jest; this is for a process that does not answer at all. */
const limit = 8;
// Not with `--bail`: Jest then ends without its results.
const each = ['--testTimeout=30000', '--maxWorkers=1', '--silent'];

/** The files of a mutant as they read with its changes. @throws where a change does not apply exactly once */
export const mutated = ({ edits }: Mutant, read: (file: string) => string): ReadonlyMap<string, string> => {
  const changed = new Map<string, string>();
  for (const { file, from, to } of edits) {
    const text = changed.get(file) ?? read(file);
    const times = text.split(from).length - 1;
    if (times !== 1) throw new Error(`${file} has what is to be changed ${times} times: ${from}`);
    changed.set(
      file,
      text.replace(from, () => to),
    );
  }
  return changed;
};

/** The tree as it stands here, also what is not committed, with the packages of this one. */
const copied = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'puente-mutants-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
};

/** @returns the test that fails of the mutant, or what keeps it from being caught */
const caughtBy = async (copy: string, mutant: Mutant, environment: Readonly<Record<string, string>>) => {
  const read = (file: string) => readFileSync(join(copy, file), 'utf8');
  const changed = mutated(mutant, read);
  const before = new Map([...changed.keys()].map((file) => [file, read(file)]));
  try {
    for (const [file, text] of changed) writeFileSync(join(copy, file), text);
    const { specs, named } = mutant;
    const ran = await runJest({ root: copy, files: specs, named, environment, options: each, limit });
    const failed = ran.tests.find((test) => test.failed);
    if (failed && ran.broken.length === 0) return { failed };
    const wrong = unsound(ran, limit);
    return { survived: wrong.length === 0 ? ['no test fails of it'] : wrong };
  } finally {
    for (const [file, text] of before) writeFileSync(join(copy, file), text);
  }
};

/** Changes the store and the runner for the worse, one way after the other, and looks whether a test says so. */
export const verifyMutants = async (only: string | undefined, log: (line: string) => void): Promise<readonly Check[]> => {
  const chosen = mutants.filter(({ name }) => only === undefined || name === only);
  const server = await embedded();
  const environment = { TEST_DATABASE_URL: server.server };
  const copy = copied();
  const clear = () => rmSync(copy, { recursive: true, force: true });
  process.once('exit', clear);
  const checks: Check[] = [];
  const told = (check: Check, what: string) => {
    checks.push(check);
    log(`${check.failures.length === 0 ? 'ok' : 'FAILED'} ${check.name}: ${[what, ...check.failures].filter(Boolean).join('; ')}`);
  };
  try {
    for (const whole of [true, false]) {
      const some = chosen.filter(({ named }) => (named === undefined) === whole);
      const files = [...new Set(some.flatMap(({ specs }) => specs))];
      if (files.length === 0) continue;
      const named = whole ? undefined : some.map((mutant) => mutant.named).join('|');
      const sound = await runJest({ root: copy, files, named, environment, options: ['--maxWorkers=2', '--silent'], limit: 4 * limit });
      const name = `without a mutant every ${whole ? 'file' : 'test that is named'} holds`;
      told({ name, runs: sound.tests.length, failures: unsound(sound, 4 * limit), seed: null }, '');
    }
    for (const mutant of chosen) {
      const name = `caught: ${mutant.name}`;
      try {
        const { failed, survived = [] } = await caughtBy(copy, mutant, environment);
        told({ name, runs: 1, failures: survived, seed: null }, failed ? `${failed.file}: ${failed.name}` : mutant.breaks);
      } catch (error) {
        told({ name, runs: 1, failures: [String(error)], seed: null }, '');
      }
    }
  } finally {
    clear();
    await server.stop();
  }
  return checks;
};
