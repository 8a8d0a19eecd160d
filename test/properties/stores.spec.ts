import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { storedFrom } from '../../src/engine/streams';
import { Malformed, StaleRevision, UnknownReference } from '../../src/engine/refused';
import { type Folded, inForce, type Stored, unsupported } from '../../src/kernel/history';
import { Rejected } from '../../src/kernel/refusal';
import { pairing } from '../../src/lifecycles/pairing';
import { EventStoreDbStore } from '../../src/store/eventstoredb';
import { MemoryStore } from '../../src/store/memory';
import type { EventStore } from '../../src/store/port';
import { PostgresStore } from '../../src/store/postgres';
import { type Database, freshDatabase } from '../cluster/database';
import { type Engine, engineOn } from '../engine/engine';
import { EventStoreDbDouble } from '../stores/eventstoredb-double';
import { seeded } from '../vault/seeded';
import { command, dice, type Dice, type Seen, type Sent } from './random-commands';
import { runs, seeding } from './settings';

const numRuns = Math.max(1, Math.round(runs(150) / 50));
jest.setTimeout(600_000 + 20_000 * numRuns);
const settings = { ...seeding, numRuns, endOnFailure: true };

/** Puente over one kind of store; everything random and the clock are the same for each. */
interface Side {
  readonly name: string;
  readonly database: Database;
  readonly store: EventStore;
  readonly engine: Engine;
  /** Whom the dice call by another id. */
  readonly people: ReadonlyMap<string, string>;
}
/** A real server keeps what earlier runs told it. */
const run = process.env['EVENTSTORE_URL'] ? randomUUID().slice(0, 8) : 'told';
const now = () => new Date('2026-01-01T12:00:00.000Z');
const letters = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`);

const sideOn = async (name: string, open: (database: Database) => EventStore): Promise<Side> => {
  const database = await freshDatabase();
  const store = open(database);
  const engine = await engineOn(store, database, now, seeded('every store').randomBytes);
  const people = new Map<string, string>();
  for (const letter of letters) people.set(letter, await engine.vault.people.register({ name: letter }));
  return { name, database, store, engine, people };
};

/** Everything that the histories of a pairing name. */
const prepare = async ({ engine }: Side) => {
  const day = (occurredOn: string) => ({ occurredOn, roles: ['admin'] as const });
  const rules = { ...{ version: 1, minPopulation: 50_000, setOfCitiesCountsTogether: true, excludedPartyKinds: ['provincial-council'] } };
  await engine.give(
    'ruleSet/iuc-lac-2017',
    'PublishRuleSet',
    {
      ...rules,
      countries: [{ component: 'C1', european: ['ES'], latinAmerican: ['CO'] }],
      firstVisitor: [{ component: 'C1', side: 'european' }],
      ...{ maxFundedTravellers: 5, missionsRequired: 2, missionsAllowed: 3, commitmentMonths: 18, supportMonths: 18, source: 'IUC 2017' },
    },
    day('2017-01-01'),
  );
  for (const [party, kind, country] of [
    ...[
      ['secretariat', 'organisation', 'ES'],
      ['malaga', 'city', 'ES'],
      ['cartagena', 'city', 'CO'],
    ],
    ...[0, 1, 2].map((n) => [`network-${n}`, 'network', 'ES']),
  ] as const)
    await engine.give(`party/${party}`, 'RegisterParty', { name: party, kind, countries: [country] }, day('2017-01-01'));
  const call = { title: 'First call', component: 'C1', round: 1, rules: 'iuc-lac-2017@1', deadline: '2017-05-01T12:00', timeZone: 'UTC' };
  await engine.give('call/c1-2017', 'OpenCall', call, day('2017-03-01'));
  for (const [party, applicant] of [
    ['malaga', 'european'],
    ['cartagena', 'latin-american'],
  ] as const) {
    const body = { call: 'c1-2017', party, side: applicant, themes: ['housing'], evidence: [] };
    await engine.give(`application/${party}`, 'SubmitApplication', body, day('2017-04-01'));
    await engine.give(`application/${party}`, 'CheckEligibility', {}, day('2017-05-02'));
    await engine.give(
      `application/${party}`,
      'SelectApplication',
      { decidedBy: 'secretariat', reason: 'Common ground', pairings: 5 },
      day('2017-06-01'),
    );
  }
};

const historyOf = async ({ store }: Side, id: string) => store.read(`pairing-${id}`);
/** A pairing as the dice look at it. */
const seen = (history: readonly Stored[], { state, waivers }: Folded): Seen => ({
  history,
  state: state as Seen['state'],
  waivers,
  standing: inForce(history),
});
/** With the persons of this side for those that the dice name. */
const named = ({ people }: Side, { body }: Sent): unknown =>
  JSON.parse(JSON.stringify(body), (_, value: unknown) => people.get(value as string) ?? value);

/** What became of a command, as far as every store must agree on it. */
const outcomeOf = async (give: Promise<{ readonly events: readonly object[]; readonly revision: number }>) => {
  try {
    const { events, revision } = await give;
    return { events, revision };
  } catch (error) {
    if (error instanceof Rejected) return { refused: error.said, detail: error.detail };
    if (error instanceof Malformed || error instanceof UnknownReference || error instanceof StaleRevision)
      return { refused: error.constructor.name };
    throw error;
  }
};

describe('the same commands', () => {
  let double: EventStoreDbDouble;
  let sides: readonly Side[];
  let histories = 0;
  beforeAll(async () => {
    double = await EventStoreDbDouble.start();
    const real = process.env['EVENTSTORE_URL'];
    sides = [
      await sideOn('memory', () => new MemoryStore({ now })),
      await sideOn('PostgreSQL', ({ url }) => new PostgresStore({ url })),
      await sideOn('EventStoreDB', () => new EventStoreDbStore({ url: real ?? double.url })),
    ];
    for (const side of sides) await prepare(side);
  });
  afterAll(async () => {
    for (const { engine, store, database } of sides) {
      await engine.close();
      await store.close();
      await database.drop();
    }
    double.kill();
  });

  it('give the same answers and the same streams on every store', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dice, { minLength: 20, maxLength: 45, size: 'max' }), async (dices) => {
        histories += 1;
        const id = `${run}-history-${histories}`;
        for (const [step, die] of dices.entries()) {
          const [first] = sides;
          const stored = (await historyOf(first!, id)).map(storedFrom);
          const sent = command(seen(stored, (await first!.engine.streams.refresh(pairing, id)).folded), die);
          const envelope = { key: `${id} ${step}`, ...(sent.occurredOn === undefined ? {} : { occurredOn: sent.occurredOn }) };
          const outcomes = await Promise.all(
            sides.map((side) => outcomeOf(side.engine.give(`pairing/${id}`, sent.name, named(side, sent), envelope))),
          );
          for (const [i, outcome] of outcomes.entries())
            expect({ store: sides[i]!.name, sent, outcome }).toEqual({ store: sides[i]!.name, sent, outcome: outcomes[0] });
        }
        const streams = await Promise.all(sides.map((side) => historyOf(side, id)));
        const told = streams.map((events) =>
          events.map(({ id, type, data, metadata, revision }) => ({ id, type, data, metadata, revision })),
        );
        expect(told[0]!.length).toBeGreaterThan(0);
        for (const other of told.slice(1)) expect(other).toEqual(told[0]);
      }),
      settings,
    );
  });

  it('of two officers at once never overwrite each other, whatever the store', async () => {
    for (const side of sides) {
      const other = await engineOn(side.store, side.database, now);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(dice, dice), { minLength: 10, maxLength: 20 }), async (pairs) => {
          histories += 1;
          const id = `${run}-race-${histories}`;
          const recorded: {
            readonly commandKey: string;
            readonly events: readonly { readonly type: string; readonly revision: number }[];
          }[] = [];
          for (const pair of pairs) {
            const { folded } = await side.engine.streams.refresh(pairing, id);
            const stored = (await historyOf(side, id)).map(storedFrom);
            const receipts = await Promise.all(
              pair.map(async (die: Dice, i) => {
                const sent = command(seen(stored, folded), die);
                const on = sent.occurredOn === undefined ? {} : { occurredOn: sent.occurredOn };
                const ifMatch = die.c % 3 === 0 && folded.revision >= 0 ? { ifMatch: folded.revision } : {};
                const engine = [side.engine, other][i]!;
                const commandKey = randomUUID();
                const outcome = await outcomeOf(
                  engine.give(`pairing/${id}`, sent.name, named(side, sent), { key: commandKey, ...on, ...ifMatch }),
                );
                if ('events' in outcome && outcome.events.length > 0) {
                  recorded.push({ commandKey, events: outcome.events as never });
                  return { ...ifMatch, revision: (outcome.events as readonly { revision: number }[])[0]!.revision };
                }
                return undefined;
              }),
            );
            // Who named the revision that they saw recorded on it, or nothing.
            for (const receipt of receipts) if (receipt && 'ifMatch' in receipt) expect(receipt.revision).toBe(receipt.ifMatch + 1);
          }
          const history = (await historyOf(side, id)).map(storedFrom);
          expect(history.map(({ revision }) => revision)).toEqual(history.map((_, i) => i));
          const acknowledged = recorded.flatMap(({ events }) => events).toSorted((one, two) => one.revision - two.revision);
          expect(acknowledged).toEqual(history.map(({ type, revision }) => ({ type, revision })));
          const book = await side.engine.streams.rules.loadFor(history);
          expect(unsupported(pairing, history, book)).toEqual([]);
        }),
        settings,
      );
      await other.close();
    }
  });
});
