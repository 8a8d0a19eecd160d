/** How often something random is tried: `PUENTE_RUNS`, or so often. */
export const runs = (otherwise: number): number => Number(process.env['PUENTE_RUNS'] ?? otherwise);

/** `PUENTE_SEED`, or one that fast-check draws. */
const given = process.env['PUENTE_SEED'];
export const seeding: { readonly seed?: number } = given === undefined ? {} : { seed: Number(given) };

/** What repeats a run: fast-check says the same of one that fails. */
export const saySeed = (what: string, seed: number): void => void process.stderr.write(`${what}: PUENTE_SEED=${seed} repeats it\n`);

/** fast-check prints the seed and the shortest counterexample of what fails; a run that hangs fails too. */
export const settings = (numRuns: number, msEach: number) => ({
  numRuns,
  ...seeding,
  interruptAfterTimeLimit: numRuns * msEach,
  markInterruptAsFailure: true,
});
