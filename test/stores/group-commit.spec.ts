import fc from 'fast-check';
import { PostgresStore, type PostgresStoreOptions } from '../../src/store/postgres';
import type { EventStore, Expected, NewEvent } from '../../src/store/port';
import { saySeed, seed } from '../properties/settings';
import { freshDatabase, type Database } from '../cluster/database';
import { event, events, everything, fresh } from './events';
import { breaches } from './history-checker';
import { Recorder } from './recorder';
import { Wire, type Cut } from './wire';

jest.setTimeout(900_000);

/** Every way to append at once: streams born, grown, taken as they are, repeated, refused, one of them several times. */
const asked = (types: string): readonly (readonly [stream: string, events: readonly NewEvent[], expected: Expected])[] => {
  const [one, other, missing, race] = [fresh(), fresh(), fresh(), fresh()];
  const born = events(2, types);
  const long = event(types, { text: 'x'.repeat(20_000) });
  return [
    [one, born, 'none'],
    [other, [event(types)], 'any'],
    [missing, [event()], 'exists'],
    [one, [long, event()], 1],
    [one, born, 'none'],
    [other, [event()], 0],
    [other, [event()], 0],
    [other, [event()], 'exists'],
    [missing, [event()], 7],
    [race, events(3), 'none'],
    [race, [event()], 'none'],
    ...Array.from({ length: 10 }, () => [fresh(), [event()], 'none'] as const),
  ];
};

describe('group commit, with its connection cut', () => {
  let database: Database;
  let wire: Wire;
  let witness: EventStore;
  beforeAll(async () => {
    database = await freshDatabase();
    wire = await Wire.to(database.url);
    witness = new PostgresStore({ url: database.url });
  });
  afterAll(async () => {
    await witness.close();
    await wire.close();
    await database.drop();
  });

  let runs = 0;
  /** One store from its first connection on: appends at once, whose connection breaks; repeats of what was not answered; and more appends. */
  const tell = async (cut?: Cut, options: Partial<PostgresStoreOptions> = {}) => {
    const [from, recorder] = [await witness.head(), new Recorder()];
    const store = new PostgresStore({ url: wire.url, lanes: 1, ...options });
    const appends = asked(`Kind${(runs += 1)}`);
    wire.arm(cut);
    const outcomes = await Promise.all(appends.map((each, n) => recorder.append(`caller ${n}`, store, ...each)));
    const said = { ...wire.said };
    wire.cut = undefined;
    const unknown = appends.filter((_, n) => outcomes[n]!.is === 'unknown').map(([, [first]]) => first!.id);
    const written = (await everything(witness, from)).filter(({ id }) => unknown.includes(id)).length;
    for (const [n, each] of appends.entries())
      // Only at an exact revision is a repeat one.
      if (outcomes[n]!.is === 'unknown' && !['any', 'exists'].includes(String(each[2])))
        await recorder.appendUntilKnown(`caller ${n} again`, store, ...each);
    const after = await Promise.all(
      Array.from({ length: 3 }, (_, n) => recorder.appendUntilKnown(`later ${n}`, store, fresh(), [event()], 'none')),
    );
    await store.close();

    expect(after.map(({ is }) => is)).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
    const history = await recorder.history(witness, { dense: true, times: true }, from);
    expect([cut, breaches(history)]).toEqual([cut, []]);
    return { said, outcomes, written };
  };
  /** Every boundary of a run that nothing disturbs; with `PUENTE_CUTS` so many of them. */
  const boundaries = async (options: Partial<PostgresStoreOptions> = {}): Promise<readonly Cut[]> => {
    const { said, outcomes } = await tell(undefined, options);
    expect(outcomes.map(({ is }) => is)).not.toContain('unknown');
    return (['client', 'server'] as const).flatMap((side) =>
      Array.from({ length: said[side] }, (_, n) => ({ side, message: n + 1 })).flatMap(({ message }): Cut[] =>
        // What the server said last before it breaks is what the client says first after it.
        side === 'client'
          ? [
              { side, message, when: 'before' },
              { side, message, when: 'after' },
            ]
          : [{ side, message, when: 'before' }],
      ),
    );
  };
  const some = (cuts: readonly Cut[], share: number): readonly Cut[] => {
    const most = Math.min(cuts.length, Math.ceil(Number(process.env['PUENTE_CUTS'] ?? 40) * share));
    saySeed(`${most} cuts of ${cuts.length}`);
    return fc.sample(fc.shuffledSubarray([...cuts], { minLength: most, maxLength: most }), { seed, numRuns: 1 })[0]!;
  };

  it('answers every caller once, and truly, wherever it breaks between a message and the next, and goes on', async () => {
    // What was not answered was written, or was not: both must come about.
    const seen = { written: 0, lost: 0, refused: 0, acknowledged: 0 };
    for (const cut of some(await boundaries(), 0.6)) {
      const { outcomes, written } = await tell(cut);
      const unknown = outcomes.filter(({ is }) => is === 'unknown').length;
      if (written > 0) seen.written += 1;
      if (unknown > 0 && written === 0) seen.lost += 1;
      if (outcomes.some(({ is }) => is === 'refused')) seen.refused += 1;
      if (outcomes.some(({ is }) => is === 'acknowledged')) seen.acknowledged += 1;
    }
    for (const [what, times] of Object.entries(seen)) expect([what, times > 1]).toEqual([what, true]);
  });

  it('does so with several statements under way', async () => {
    for (const cut of some(await boundaries({ lanes: 3 }), 0.2)) await tell(cut, { lanes: 3 });
  });

  it('does so where the wire falls silent', async () => {
    // Longer than a busy machine takes for one statement; one that it takes longer for is without an answer too.
    const cuts = await boundaries();
    // Also while a session is being set up, and where a statement was executed and not committed: it must not lock out others for good.
    const setUp: Cut = { side: 'client', message: 3, when: 'before' };
    const executed = wire.types.flatMap((type, index): Cut[] =>
      type === 'E' ? [{ side: 'client', message: index + 1, when: 'after' }] : [],
    );
    expect(executed.length).toBeGreaterThan(2);
    for (const cut of [setUp, ...executed.slice(0, 3), ...some(cuts, 0.2)]) await tell({ ...cut, silently: true }, { deadline: 500 });
  });
});
