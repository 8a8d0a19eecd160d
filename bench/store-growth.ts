import { randomUUID } from 'node:crypto';
import { PostgresStore } from '../src/store/postgres';
import { atLeast, inTurns, median, milliseconds, rate, ratio, type Measured, type Options } from './measure';
import { on, type Server } from './server';
import { fill, newEvent } from './workload';

const callers = 32;
const each = 20;

/** Streams and the revision each stands at. */
interface Log {
  readonly url: string;
  readonly names: readonly string[];
  readonly revisions: number[];
}

const madeLog = async (server: Server, name: string, events: number): Promise<Log> => {
  const url = await server.migrated(name);
  const store = new PostgresStore({ url });
  const names = await fill(store, { streams: events / each, passes: 1, each });
  await store.close();
  await on(url, (client) => client.query('vacuum analyze'));
  return { url, names, revisions: names.map(() => each - 1) };
};

/** To streams chosen blindly among all there are, each at its revision, and to a new one now and then; two callers never share one. */
const appended = async ({ url, names, revisions }: Log, { seconds }: Options): Promise<number> => {
  const store = new PostgresStore({ url });
  const once = async (caller: number, nth: number) => {
    if (nth % each === 0) return store.append(`pairing-${randomUUID()}`, [newEvent()], 'none');
    const which = caller + callers * Math.floor((Math.random() * (names.length - caller)) / callers);
    const appended = await store.append(names[which]!, [newEvent()], revisions[which]!);
    revisions[which] = appended.revision;
    return appended;
  };
  try {
    await rate(callers, 300 * seconds, once);
    return await rate(callers, 1000 * seconds, once);
  } finally {
    await store.close();
  }
};

/**
 * How the rate of appends changes with what is stored already. The smallest log is a fresh copy in each round, since appends would make
 * it many times as large; the others grow by some percent.
 */
export const growth = async (server: Server, log: (line: string) => void, options: Options): Promise<Measured> => {
  const small = await madeLog(server, 'growth_small', 10_000);
  const middle = await madeLog(server, 'growth_middle', 100_000);
  let large: Log | undefined;
  const took = await milliseconds(async () => (large = await madeLog(server, 'growth_large', 1_000_000)));
  log(`a million events were appended, ${each} at a time, in ${Math.round(took / 1000)} s`);
  const of = await inTurns(
    options.rounds,
    {
      small: async () => {
        const url = await server.database('growth_copy', 'growth_small');
        const result = await appended({ url, names: small.names, revisions: [...small.revisions] }, options);
        await server.drop('growth_copy');
        return result;
      },
      middle: () => appended(middle, options),
      large: () => appended(large!, options),
    },
    (round, given) =>
      log(`round ${round}: at 10⁴ ${Math.round(given.small)}/s, at 10⁵ ${Math.round(given.middle)}/s, at 10⁶ ${Math.round(given.large)}/s`),
  );
  const figure = (name: string, rates: readonly number[]) => ({ name, value: Math.round(median(rates)), unit: '/s' });
  return {
    ratios: [
      ratio('appends/s at 10⁶ events ÷ at 10⁴, 32 callers', of.large, of.small, atLeast(0.8)),
      ratio('appends/s at 10⁵ events ÷ at 10⁴, 32 callers', of.middle, of.small),
    ],
    figures: [
      figure('appends at 10⁴ events', of.small),
      figure('appends at 10⁵ events', of.middle),
      figure('appends at 10⁶ events', of.large),
      { name: `appends of ${each} events while a million were stored`, value: Math.round(1e9 / took), unit: 'events/s' },
    ],
  };
};
