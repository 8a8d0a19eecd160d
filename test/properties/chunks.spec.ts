import fc from 'fast-check';
import { addChunk, Chunks } from '../../src/delivery/chunks';
import { type EventFilter, passing } from '../../src/delivery/event-filter';
import { stretch } from '../../src/delivery/feed';
import { MemoryStore } from '../../src/store/memory';
import { nameOf } from '../../src/store/port';
import { type Database, freshDatabase } from '../cluster/database';
import { tell } from '../delivery/recorded';
import { runs, settings } from './settings';

const numRuns = runs(150);
jest.setTimeout(60_000 + 2_000 * numRuns);

const streams = ['pairing-a', 'pairing-b', 'party-a'] as const;
const long = 'x'.repeat(300);
const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const country = fc.constantFrom('', 'AR', 'BR', 'AR,BR', 'ES,AR', `${long}1,BR`);
const told = fc.record({
  stream: fc.constantFrom(...streams),
  /** Of facts there are more than of corrections; a correction may be of a correction. */
  what: fc.constantFrom('MissionHeld', 'PartyRegistered', 'MissionHeld', 'FactCorrected', 'FactRetracted'),
  target: fc.nat(20),
  dimensions: some(fc.record({ component: fc.constantFrom('c1', 'c2', 'c3'), country }, { requiredKeys: [] })),
});
const filter = fc.record<EventFilter>({
  lifecycles: some(fc.constantFrom(['pairing'], ['party'], ['pairing', 'party'])),
  types: some(fc.constantFrom(['MissionHeld'], ['PartyRegistered'], ['FactRetracted'])),
  streams: fc.option(fc.constantFrom(['pairing-a'], ['party-a', 'pairing-b']), { nil: undefined, freq: 5 }),
  dimensions: some(
    fc.record(
      { component: fc.constantFrom('c1', 'c2', 'c4'), country: fc.constantFrom('', 'AR', 'BR', 'AR,BR', `${long}1`, `${long}2`) },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Record<string, string>>,
  ),
});

describe('whoever reads the log by a filter', () => {
  let database: Database;
  let logs = 0;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('is given the same with the index of chunks, however far it has come, and also with that of another log', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(told, { maxLength: 60, size: 'max' }),
        fc.array(filter, { minLength: 1, maxLength: 5 }),
        fc.record({ size: fc.integer({ min: 1, max: 8 }), indexed: fc.nat(30), limit: fc.integer({ min: 1, max: 12 }), after: fc.nat(30) }),
        async (log, filters, { size, indexed, limit, after }) => {
          logs += 1;
          const store = new MemoryStore({ now: () => new Date(0), epoch: `log ${logs}` });
          for (const { stream, what, target, dimensions } of log) {
            const { length } = await store.read(stream);
            const isCorrection = what.startsWith('Fact') && length > 0;
            const type = isCorrection || !what.startsWith('Fact') ? what : 'MissionHeld';
            const corrected = { revision: target % length, type: 'MissionHeld', data: {}, occurredOn: '2020-05' };
            await tell(store, { stream, type, ...(isCorrection && { data: corrected }), ...(dimensions && { dimensions }) });
          }
          for (let n = 0; n < indexed; n += 1) await addChunk(database.pool, store, size);
          const chunks = new Chunks(database.pool, store, size);
          const head = await store.head();
          for (const each of filters) {
            const walk = async (index?: Chunks) => {
              const names: string[] = [];
              let at = BigInt(after);
              for (let more = true; more;) {
                const found = await stretch(store, at, limit, each, index);
                expect(found.events.length).toBeLessThanOrEqual(limit);
                for (const { position } of found.events) expect(position > at && position <= found.upTo).toBe(true);
                names.push(...found.events.map(nameOf));
                ({ upTo: at, more } = found);
              }
              return { names, at };
            };
            const all = await passing(store, await store.readAll(BigInt(after), 1_000), each);
            const expected = { names: all.map(nameOf), at: head > after ? head : BigInt(after) };
            expect(await walk(chunks)).toEqual(expected);
            expect(await walk()).toEqual(expected);
          }
        },
      ),
      settings(numRuns, 2_000),
    );
  });
});
