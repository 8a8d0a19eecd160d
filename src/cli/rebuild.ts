import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../engine/runner-rebuild';
import { openPuente, type Settings } from '../puente';

/** How far a rebuild is: a bar where somebody watches, otherwise a line at each tenth. */
export const progressOn = (
  name: string,
  { isTTY, log }: { readonly isTTY: boolean; readonly log: (line: string) => void },
): { readonly told: (progress: Progress) => void; readonly end: () => void } => {
  const bar = new SingleBar(
    { format: `${name} |{bar}| {value} of {total} events`, stream: process.stderr, noTTYOutput: false, hideCursor: true },
    Presets.shades_classic,
  );
  let tenths = -1;
  return {
    told: ({ done, total }) => {
      if (isTTY) {
        if (!bar.isActive) bar.start(total, done);
        bar.update(done);
        return;
      }
      const now = total === 0 ? 10 : Math.floor((10 * done) / total);
      if (now > tenths) log(`${name}: ${done} of ${total} events`);
      tenths = Math.max(tenths, now);
    },
    end: () => bar.stop(),
  };
};

/** Fills a read model anew beside the rows that are read, and puts them in their place. */
export const rebuild = async (settings: Settings, name: string): Promise<void> => {
  const puente = await openPuente(settings);
  const { told, end } = progressOn(name, { isTTY: process.stderr.isTTY, log: settings.log });
  try {
    await puente.runner.rebuild(name, told);
    end();
    settings.log(`${name} is filled anew`);
  } finally {
    end();
    await puente.close();
  }
};
