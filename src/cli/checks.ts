export interface Check {
  readonly name: string;
  /** How many events, streams, documents, cycles or tests were looked at. */
  readonly runs: number;
  readonly failures: readonly string[];
  /** What chance followed from; null where nothing is left to it. */
  readonly seed: string | null;
  /** What was counted or measured beside. */
  readonly figures?: Readonly<Record<string, number>>;
}

/**
 * Says on standard output what came of the checks.
 *
 * @returns the exit code: 1 when something does not hold
 */
export const tellChecks = (checks: readonly Check[], format: 'table' | 'json'): 0 | 1 => {
  if (format === 'json') {
    const told = checks.map(({ failures, ...check }) => ({ ...check, failures: failures.length, found: failures }));
    process.stdout.write(`${JSON.stringify({ checks: told }, null, 2)}\n`);
  } else
    for (const { name, runs, failures, seed, figures = {} } of checks) {
      const [verdict, chance] = [failures.length === 0 ? 'ok    ' : 'FAILED', seed === null ? '' : `, seed ${seed}`];
      const more = [...failures, ...Object.entries(figures).map(([what, figure]) => `${what}: ${figure}`)];
      process.stdout.write([`${verdict} ${name} (${runs}${chance})`, ...more.map((each) => `       ${each}`)].join('\n') + '\n');
    }
  return checks.some(({ failures }) => failures.length > 0) ? 1 : 0;
};
