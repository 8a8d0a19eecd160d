import { storeOf } from './contestants';
import { inTurns, rate, ratio, type Measured, type Options } from './measure';
import { connected, on, type Server } from './server';

const callers = 32;
/** How the log is written while the snapshot ages: few callers make small batches, and each batch leaves a version of the counter behind. */
const ageing = { callers: 8, times: 12 };

const statements = (url: string) =>
  on(url, async (client) => {
    const { rows } = await client.query<{ count: string }>(
      'select xact_commit as count from pg_stat_database where datname = current_database()',
    );
    return Number(rows[0]!.count);
  });

/**
 * A transaction stays open in the same database and holds a snapshot, as a dump does. What it costs grows with how often the counter
 * is moved meanwhile, so one database has it and another has not, in turns: when it was just opened, when it is old, and when it has ended.
 */
export const snapshot = async (server: Server, log: (line: string) => void, { rounds, seconds }: Options): Promise<Measured> => {
  const url = await server.migrated('snapshot_held');
  const held = storeOf(url);
  const free = storeOf(await server.migrated('snapshot_free'));
  const measured = (what: string) =>
    inTurns(
      rounds,
      {
        free: () => rate(callers, seconds * 1000, (caller) => free.once(caller)),
        held: () => rate(callers, seconds * 1000, (caller) => held.once(caller)),
      },
      (round, given) => log(`${what}, round ${round}: ${Math.round(given.held)}/s, without it ${Math.round(given.free)}/s`),
    );
  const dump = await connected({ connectionString: url });
  await dump.query('begin isolation level repeatable read read only');
  await dump.query('select count(*) from store.events');
  const before = await statements(url);
  const young = await measured('just opened');
  await rate(ageing.callers, ageing.times * seconds * 1000, (caller) => held.once(caller));
  const old = await measured('old');
  const batches = (await statements(url)) - before;
  await dump.query('rollback');
  await dump.end();
  const ended = await measured('ended');
  await held.close();
  await free.close();
  return {
    ratios: [
      ratio('appends/s with a snapshot just opened in the same database ÷ without', young.held, young.free),
      ratio('appends/s with that snapshot old and still open ÷ without', old.held, old.free),
      ratio('appends/s once that snapshot has ended ÷ without', ended.held, ended.free),
    ],
    figures: [{ name: 'statements that appended while the snapshot was open', value: batches, unit: '' }],
  };
};
