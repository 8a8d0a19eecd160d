import 'reflect-metadata';
import type { Check } from '../src/cli/checks';
import { killLoop } from '../test/chaos/kill-loop';
import { takeOvers } from '../test/chaos/take-over';
import { seeded } from '../test/vault/seeded';

/** An owner that died or stands still is followed within so many seconds. */
const bound = 15;
/** How often each is measured. */
const times = 3;
const seconds = (milliseconds: number) => Math.round(milliseconds / 10) / 100;

/** Kills and freezes at random, judges what is left, and measures how fast leases are taken over. */
export const verifyKill = async (cycles: number, seed: string, log: (line: string) => void): Promise<readonly Check[]> => {
  const killed = await killLoop({ cycles, seed, log });
  const share = killed.underWay / killed.cycles;
  log(`taking over, ${times} times each`);
  const { randomBytes } = seeded(seed);
  const taken = await takeOvers(times, () => randomBytes(4).readUInt32BE() / 2 ** 32);
  return [
    {
      name: 'nothing is lost, doubled or out of order, and read models equal those made from nothing, whatever was killed',
      runs: killed.cycles,
      failures: killed.failures,
      seed,
      figures: { events: killed.events, 'set aside and tried again': killed.setAside, ...killed.deeds },
    },
    {
      name: 'an append was under way in at least 90 % of the cycles',
      runs: killed.cycles,
      failures: share >= 0.9 ? [] : [`in ${killed.underWay} of ${killed.cycles}`],
      seed,
      figures: { 'under way': killed.underWay },
    },
    ...Object.entries(taken).map(([blow, all]): Check => {
      const longest = seconds(Math.max(...all));
      return {
        name: `all leases of an owner are taken over within ${bound} s of ${blow}`,
        runs: all.length,
        failures: longest <= bound ? [] : [`it took ${longest} s`],
        seed,
        figures: { 'shortest, s': seconds(Math.min(...all)), 'longest, s': longest },
      };
    }),
  ];
};
