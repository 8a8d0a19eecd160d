import fc from 'fast-check';
import { lifecycles } from '../../src/lifecycles/all';
import { application, call2, correction, party, planned, retraction, selected } from './cooperation';
import { reader, Readings } from './readings';
import { formed, type Told } from './recording';

let read: Readings;
beforeAll(async () => {
  read = await Readings.begin();
  await read.record('party-malaga', party('Málaga', 'city', 'ES'));
  await read.record('call-call-2', call2);
  await read.record('application-malaga-2', [...application('malaga'), selected]);
  await read.catchUp();
});
afterAll(() => read.end());

describe('rows', () => {
  it('are the same after a retraction was taken back as if it had never been made', async () => {
    await read.record('pairing-undone', planned);
    await read.catchUp();
    const before = await read.board.one('undone', reader);
    await read.record('pairing-undone', [...planned, retraction(9, 'PlanApproved')], planned.length);
    await read.catchUp();
    expect((await read.board.one('undone', reader))!.plan.status).toBe('submitted');
    await read.record(
      'pairing-undone',
      [...planned, retraction(9, 'PlanApproved'), retraction(planned.length, 'PlanApproved')],
      planned.length + 1,
    );
    await read.catchUp();
    expect(await read.board.one('undone', reader)).toEqual(before);
  });

  it('go when what made them is taken back', async () => {
    await read.record('pairing-mistaken', [...formed, retraction(0, 'PairingFormed')]);
    await read.catchUp();
    expect(await read.board.one('mistaken', reader)).toBeUndefined();
    expect(await read.listed.one(lifecycles.pairing, 'mistaken')).toBeUndefined();
    expect((await read.timeline.page('pairing-mistaken', reader)).items.map(({ standing }) => standing)).toEqual(['retracted', 'in-force']);
  });

  it('that grew event by event, through any corrections, equal those of a rebuild', async () => {
    const step = fc.record({
      retract: fc.boolean(),
      at: fc.nat(),
      days: fc.integer({ min: 1, max: 28 }),
      batch: fc.integer({ min: 1, max: 9 }),
    });
    let told = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const stream = `pairing-random-${(told += 1)}`;
        let history: readonly Told[] = planned;
        await read.record(stream, history);
        for (const { retract, at, days, batch } of steps) {
          const revision = at % history.length;
          const [type, data] = history[revision]!;
          const isOriginal = type !== 'FactRetracted' && type !== 'FactCorrected';
          const root = isOriginal ? type : (data as { type: string }).type;
          const next =
            retract || !isOriginal
              ? retraction(revision, root)
              : correction(revision, [type, data, `2018-09-${String(days).padStart(2, '0')}`]);
          await read.record(stream, [...history, next], history.length);
          history = [...history, next];
          await read.runner(batch).catchUp();
        }
      }),
      {
        numRuns: Number(process.env['PUENTE_RUNS'] ?? 6),
        ...(process.env['PUENTE_SEED'] === undefined ? {} : { seed: Number(process.env['PUENTE_SEED']) }),
      },
    );
    const grown = await read.rows();
    for (const { name } of read.models) await read.runner().rebuild(name);
    expect(await read.rows()).toEqual(grown);
    expect(await read.runner().parked()).toEqual([]);
  });
});
