import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

export interface JestRun {
  /** Top folder of the tree. */
  readonly root: string;
  readonly files: readonly string[];
  /** Pattern of the names of tests; all where it is left out. */
  readonly named?: string | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  readonly options?: readonly string[];
  /** Minutes after which it is given up. */
  readonly limit: number;
  /** Told what Jest says while it runs. */
  readonly log?: (text: string) => void;
}
export interface Tested {
  readonly file: string;
  readonly name: string;
  readonly failed: boolean;
  readonly why: string;
}
export interface JestRan {
  /** What ran to its end, well or badly. */
  readonly tests: readonly Tested[];
  /** Files of which no test could be run, and why. */
  readonly broken: readonly string[];
  readonly gaveUp: boolean;
}

/** What Jest writes with `--json`. */
interface Written {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const firstLines = (text: string) => text.split('\n').slice(0, 4).join(' ').trim();

const resultsIn = (root: string, { testResults }: Written, gaveUp: boolean): JestRan => {
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status, failureMessages }) => ({
        ...{ file: relative(root, name), name: fullName, failed: status === 'failed' },
        why: firstLines(failureMessages[0] ?? ''),
      })),
  );
  const broken = testResults
    .filter(({ assertionResults, message }) => assertionResults.length === 0 && message !== '')
    .map(({ name, message }) => `${relative(root, name)}: ${firstLines(message)}`);
  return { tests, broken, gaveUp };
};

/** Runs Jest in a process of its own and reads what it found. */
export const runJest = async ({ root, files, named, environment, options = [], limit, log }: JestRun): Promise<JestRan> => {
  const folder = mkdtempSync(join(tmpdir(), 'puente-jest-'));
  const results = join(folder, 'results.json');
  const words = ['--json', `--outputFile=${results}`, ...options, ...(named === undefined ? [] : ['-t', named])];
  try {
    const child = spawn(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...words, '--runTestsByPath', ...files], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const end = () => void child.kill('SIGKILL');
    process.once('exit', end);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2_000);
      log?.(text);
    });
    const late = AbortSignal.timeout(limit * 60_000);
    late.addEventListener('abort', end);
    await new Promise<void>((resolve, reject) => child.once('error', reject).once('close', () => resolve()));
    process.off('exit', end);
    const gaveUp = late.aborted;
    if (!existsSync(results)) return { tests: [], broken: gaveUp ? [] : [`Jest left no results: ${firstLines(said.trim())}`], gaveUp };
    return resultsIn(root, JSON.parse(readFileSync(results, 'utf8')) as Written, gaveUp);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** What is wrong where every test should have held. */
export const unsound = ({ tests, broken, gaveUp }: JestRan, limit: number): readonly string[] => [
  ...broken,
  ...tests.filter(({ failed }) => failed).map(({ file, name, why }) => `${file}: ${name}: ${why}`),
  ...(gaveUp ? [`no end within ${limit} minutes`] : []),
  ...(tests.length === 0 ? ['no test ran'] : []),
];
