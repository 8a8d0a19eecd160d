import type { Progress } from '../engine/runner-rebuild';
import type { Settings } from '../puente';
import { opened } from './opened';
import { barOf } from './progress';

/** How far a rebuild is: a bar where somebody watches, otherwise a line at each tenth. */
export const progressOn = (
  name: string,
  { isTTY, log }: { readonly isTTY: boolean; readonly log: (line: string) => void },
): { readonly told: (progress: Progress) => void; readonly end: () => void } => {
  const bar = barOf(name, 'events');
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
  const { told, end } = progressOn(name, { isTTY: process.stderr.isTTY, log: settings.log });
  await opened(settings, async ({ runner }) => {
    await runner.rebuild(name, told).finally(end);
    settings.log(`${name} is filled anew`);
  });
};
