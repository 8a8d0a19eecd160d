import { emmett, messageDb, pgBoss, rawEvents, rawRows, rowsAtOnce, storeOf, unnestRows, type Contestant } from './contestants';
import { atLeast, atMost, inTurns, load, median, ratio, type Load, type Measured, type Options } from './measure';
import { rawTables } from './raw';
import type { Server } from './server';

type Contestants = Readonly<Record<string, Contestant>>;

/** The load that so many callers put on each, in turns. */
const compared = async <Name extends string>(
  log: (line: string) => void,
  { rounds, seconds }: Options,
  callers: Readonly<Record<Name, number>>,
  contestants: Readonly<Record<Name, Contestant>>,
): Promise<Readonly<Record<Name, readonly Load[]>>> => {
  const names = Object.keys(contestants) as Name[];
  const runs = names.map((name) => [name, () => load(callers[name], seconds * 1000, (caller) => contestants[name].once(caller))] as const);
  try {
    return await inTurns(rounds, Object.fromEntries(runs) as unknown as Record<Name, () => Promise<Load>>, (round, given) =>
      log(`round ${round}: ${names.map((name) => `${name} ${told(given[name], callers[name])}`).join('; ')}`),
    );
  } finally {
    for (const each of Object.values<Contestant>(contestants)) await each.close();
  }
};
const told = (of: Load, callers: number) =>
  callers === 1 ? `${of.within(0.5).toFixed(2)} ms` : `${Math.round(of.perSecond)}/s (p99 ${of.within(0.99).toFixed(1)} ms)`;

const rates = (loads: readonly Load[]) => loads.map(({ perSecond }) => perSecond);
const within = (share: number) => (loads: readonly Load[]) => loads.map((of) => of.within(share));
const perSecond = (name: string, loads: readonly Load[], each = 1) => ({
  ...{ name, unit: '/s' },
  value: Math.round(each * median(rates(loads))),
});
const latency = (name: string, loads: readonly Load[], share: number) => ({
  ...{ name, unit: 'ms' },
  value: Number(median(within(share)(loads)).toFixed(2)),
});

const everyone = <Name extends string>(contestants: Readonly<Record<Name, Contestant>>, callers: number) =>
  Object.fromEntries(Object.keys(contestants).map((name) => [name, callers])) as Record<Name, number>;

/** 32 callers, and each peer with as many connections. */
export const appends = async (server: Server, log: (line: string) => void, options: Options): Promise<Measured> => {
  const url = await server.migrated('appends');
  await rawTables(url);
  const contestants = {
    raw: await rawRows(url, 32),
    store: storeOf(url),
    emmett: await emmett(server, 32),
    'message-db': await messageDb(server, 32),
    'pg-boss': await pgBoss(server, 32),
    'raw events': await rawEvents(url, 32),
  } satisfies Contestants;
  const of = await compared(log, options, everyone(contestants, 32), contestants);
  const p99 = within(0.99);
  return {
    ratios: [
      ratio('appends/s ÷ raw single-row inserts/s, 32 callers', rates(of.store), rates(of.raw), atLeast(1.75)),
      ratio('appends/s ÷ Emmett, 32 callers', rates(of.store), rates(of.emmett), atLeast(7)),
      ratio('appends/s ÷ message-db (one category), 32 callers', rates(of.store), rates(of['message-db']), atLeast(8)),
      ratio('appends/s ÷ jobs/s of pg-boss, 32 callers', rates(of.store), rates(of['pg-boss'])),
      ratio('appends/s ÷ raw inserts/s with stream, revision and id, unchecked, 32 callers', rates(of.store), rates(of['raw events'])),
      ratio("p99 of an append ÷ raw insert's p99, 32 callers", p99(of.store), p99(of.raw), atMost(0.5)),
      ratio("p99 of an append ÷ Emmett's p99, 32 callers", p99(of.store), p99(of.emmett), atMost(0.15)),
    ],
    figures: Object.entries(of).flatMap(([name, loads]) => [
      perSecond(`${name}, 32 callers`, loads),
      latency(`${name}, 32 callers, p99`, loads, 0.99),
    ]),
  };
};

/** 128 callers against what the server takes at the most. */
export const limit = async (server: Server, log: (line: string) => void, options: Options): Promise<Measured> => {
  const url = await server.migrated('at_the_limit');
  await rawTables(url);
  const of = await compared(log, options, { unnest: 2, store: 128 }, {
    unnest: await unnestRows(url),
    store: storeOf(url),
  } satisfies Contestants);
  const most = of.unnest.map((load) => load.perSecond * rowsAtOnce);
  return {
    ratios: [ratio('appends/s, 128 callers ÷ rows/s of unnest inserts, 100 rows a transaction', rates(of.store), most, atLeast(0.65))],
    figures: [
      perSecond('unnest inserts of 100 rows, 2 connections', of.unnest, rowsAtOnce),
      perSecond('store, 128 callers', of.store),
      latency('store, 128 callers, p99', of.store, 0.99),
    ],
  };
};

/** One caller, who waits for one commit each time. */
export const oneCaller = async (server: Server, log: (line: string) => void, options: Options): Promise<Measured> => {
  const url = await server.migrated('one_caller');
  await rawTables(url);
  const contestants = { raw: await rawRows(url, 1), store: storeOf(url) } satisfies Contestants;
  const of = await compared(log, options, everyone(contestants, 1), contestants);
  const middle = within(0.5);
  return {
    ratios: [ratio("median of one caller's append ÷ raw insert's", middle(of.store), middle(of.raw), atMost(1.15))],
    figures: [latency('store, one caller, median', of.store, 0.5), latency('raw, one caller, median', of.raw, 0.5)],
  };
};
