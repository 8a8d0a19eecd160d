import { join } from 'node:path';
import type { Check } from '../src/cli/checks';
import { runJest, unsound } from './run-jest';

interface Suite {
  readonly name: string;
  readonly files: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Minutes. */
  readonly limit: number;
}

const suites: readonly Suite[] = [
  {
    name: '100,000 random commands give the same on every store as in memory',
    files: ['test/stores/model-postgres.spec.ts', 'test/stores/model-eventstoredb.spec.ts'],
    environment: { PUENTE_COMMANDS: '100000' },
    limit: 180,
  },
  {
    name: 'a connection cut between any two messages of group commit',
    files: ['test/stores/group-commit.spec.ts'],
    environment: { PUENTE_CUTS: '1000000' },
    limit: 60,
  },
  {
    name: 'random histories, 3,000 of each property',
    files: [
      'test/properties/pairing.spec.ts',
      'test/properties/budget.spec.ts',
      'test/properties/pairing-next.spec.ts',
      'test/properties/chunks.spec.ts',
    ],
    environment: { PUENTE_RUNS: '3000' },
    limit: 120,
  },
  {
    name: 'random histories on every store, 300',
    files: ['test/properties/stores.spec.ts'],
    environment: { PUENTE_RUNS: '300' },
    limit: 60,
  },
  {
    name: 'random histories whose figures are counted a second time without SQL, 1,000',
    files: ['test/monitoring/recounted.spec.ts'],
    environment: { PUENTE_RUNS: '1000' },
    limit: 60,
  },
];

/** Runs the tests that leave something to chance far longer than `npm test` does, one suite after the other. */
export const verifyLong = async (seed: string, log: (line: string) => void): Promise<readonly Check[]> => {
  const checks: Check[] = [];
  for (const { name, files, environment, limit } of suites) {
    const began = Date.now();
    const given = { ...environment, PUENTE_SEED: seed };
    log(
      `${name}: ${Object.entries(given)
        .map((each) => each.join('='))
        .join(' ')} npx jest ${files.join(' ')}`,
    );
    const options = ['--maxWorkers=2'];
    const ran = await runJest({
      root: join(__dirname, '..'),
      files,
      environment: given,
      options,
      limit,
      log: (text) => void process.stderr.write(text),
    });
    const seconds = Math.round((Date.now() - began) / 1_000);
    checks.push({ name, runs: ran.tests.length, failures: unsound(ran, limit), seed, figures: { seconds } });
  }
  return checks;
};
