/** How often something random is tried: `PUENTE_RUNS`, or so often. */
export const runs = (otherwise: number): number => Number(process.env['PUENTE_RUNS'] ?? otherwise);

/** `PUENTE_SEED`, or one that fast-check draws. */
const given = process.env['PUENTE_SEED'];
export const seeding: { readonly seed?: number } = given === undefined ? {} : { seed: Number(given) };

/** For what draws for itself. */
export const seed = seeding.seed ?? Date.now() % 2 ** 31;

/** What repeats a run of it: fast-check says the same of one that fails. */
export const saySeed = (what: string): void => void process.stderr.write(`${what}: PUENTE_SEED=${seed} repeats it\n`);

/** fast-check prints the seed and the shortest counterexample of what fails. `msEach` is many times what one takes: a run that hangs fails too. */
export const settings = (numRuns: number, msEach: number) => ({
  numRuns,
  ...seeding,
  interruptAfterTimeLimit: numRuns * msEach,
  markInterruptAsFailure: true,
});
