import { Presets, SingleBar } from 'cli-progress';

/** A bar on standard error. It shows nothing where nobody watches. */
export const barOf = (doing: string, units: string): SingleBar =>
  new SingleBar(
    { format: `${doing} |{bar}| {value} of {total} ${units}`, stream: process.stderr, noTTYOutput: false, hideCursor: true },
    Presets.shades_classic,
  );
