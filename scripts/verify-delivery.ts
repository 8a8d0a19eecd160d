import { join } from 'node:path';
import type { Check } from '../src/cli/checks';
import { runJest, unsound } from './run-jest';

interface Part {
  readonly name: string;
  readonly file: string;
  /** The variable that says how often. */
  readonly variable: string;
  readonly times: number;
  /** Minutes. */
  readonly limit: number;
}

const parts: readonly Part[] = [
  { name: 'delivery outages', file: 'test/delivery/outages.spec.ts', variable: 'PUENTE_OUTAGES', times: 1_000, limit: 120 },
  { name: 'event stream reconnects', file: 'test/delivery/reconnects.spec.ts', variable: 'PUENTE_RECONNECTS', times: 500, limit: 30 },
];

/** Breaks everything on the way of deliveries, and cuts readers of the stream of events, far more often than `npm test` does. */
export const verifyDelivery = async (seed: string, log: (line: string) => void): Promise<readonly Check[]> => {
  const checks: Check[] = [];
  for (const { name, file, variable, times, limit } of parts) {
    const began = Date.now();
    const environment = { [variable]: String(process.env[variable] ?? times), PUENTE_SEED: seed };
    log(
      `${name}: ${Object.entries(environment)
        .map((each) => each.join('='))
        .join(' ')} npx jest ${file}`,
    );
    const ran = await runJest({
      root: join(__dirname, '..'),
      ...{ files: [file], environment, options: ['--maxWorkers=1'], limit },
      log: (text) => void process.stderr.write(text),
    });
    const seconds = Math.round((Date.now() - began) / 1_000);
    checks.push({ name, runs: Number(environment[variable]), failures: unsound(ran, limit), seed, figures: { seconds } });
  }
  return checks;
};
