import { storeOf } from './contestants';
import { inTurns, rate, ratio, type Measured, type Options } from './measure';
import { connected, type Server } from './server';

const callers = 32;

/**
 * A transaction stays open in the same database and holds a snapshot, as a dump does. What it costs grows with what is appended
 * meanwhile, so one database has it and another has not, in turns, and the rounds are told by how long it has been open.
 */
export const snapshot = async (server: Server, log: (line: string) => void, { rounds, seconds }: Options): Promise<Measured> => {
  const url = await server.migrated('snapshot_held');
  const held = storeOf(url);
  const free = storeOf(await server.migrated('snapshot_free'));
  const contestants = {
    free: () => rate(callers, seconds * 1000, (caller) => free.once(caller)),
    held: () => rate(callers, seconds * 1000, (caller) => held.once(caller)),
  };
  const told = (what: string) => (round: number, given: { free: number; held: number }) =>
    log(`${what}, round ${round}: ${Math.round(given.held)}/s, without it ${Math.round(given.free)}/s`);
  const dump = await connected({ connectionString: url });
  await dump.query('begin isolation level repeatable read read only');
  await dump.query('select count(*) from store.events');
  const open = await inTurns(3 * rounds, contestants, told('open'));
  await dump.query('rollback');
  await dump.end();
  const after = await inTurns(rounds, contestants, told('ended'));
  await held.close();
  await free.close();
  const part = (name: string, from: number, of: typeof open) =>
    ratio(name, of.held.slice(from, from + rounds), of.free.slice(from, from + rounds));
  const meanwhile = Math.round(seconds * open.held.reduce((sum, perSecond) => sum + perSecond, 0));
  return {
    ratios: [
      part('appends/s with a snapshot just opened in the same database ÷ without', 0, open),
      part('appends/s with that snapshot still open at the end ÷ without', 2 * rounds, open),
      part('appends/s once that snapshot has ended ÷ without', 0, after),
    ],
    figures: [{ name: 'appended while the snapshot was open', value: meanwhile, unit: 'events' }],
  };
};
