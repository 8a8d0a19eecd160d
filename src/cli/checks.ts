export interface Check {
  readonly name: string;
  /** How many events, streams, documents, cycles or tests were looked at. */
  readonly runs: number;
  readonly failures: readonly string[];
  /** How many more failed than are told. */
  readonly more?: number;
  /** What chance followed from; null where nothing is left to it. */
  readonly seed: string | null;
  /** What was counted or measured beside. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** What was found wrong: how much in all, and the first of it in words. */
export class Found {
  readonly first: string[] = [];
  total = 0;

  constructor(private readonly most = 100) {}

  add(...sentences: readonly string[]): void {
    this.total += sentences.length;
    this.first.push(...sentences.slice(0, this.most - this.first.length));
  }
}

export const checked = (name: string, runs: number, { first, total }: Pick<Found, 'first' | 'total'>): Check => ({
  name,
  runs,
  failures: first,
  ...(total > first.length && { more: total - first.length }),
  seed: null,
});

/** How many failed. */
export const failed = ({ failures, more = 0 }: Check): number => failures.length + more;

/**
 * Says on standard output what came of the checks.
 *
 * @returns the exit code: 1 when something does not hold
 */
export const tellChecks = (checks: readonly Check[], format: 'table' | 'json'): 0 | 1 => {
  if (format === 'json') {
    const told = checks.map(({ more, ...check }) => ({
      ...check,
      failures: failed({ ...check, ...(more !== undefined && { more }) }),
      found: check.failures,
    }));
    process.stdout.write(`${JSON.stringify({ checks: told }, null, 2)}\n`);
  } else
    for (const { name, runs, failures, more = 0, seed, figures = {} } of checks) {
      const [verdict, chance] = [failures.length === 0 ? 'ok    ' : 'FAILED', seed === null ? '' : `, seed ${seed}`];
      const found = more > 0 ? [...failures, `… and ${more} more`] : failures;
      const lines = [...found, ...Object.entries(figures).map(([what, figure]) => `${what}: ${figure}`)];
      process.stdout.write([`${verdict} ${name} (${runs}${chance})`, ...lines.map((each) => `       ${each}`)].join('\n') + '\n');
    }
  return checks.some(({ failures }) => failures.length > 0) ? 1 : 0;
};
