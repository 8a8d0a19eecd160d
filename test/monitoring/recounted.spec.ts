import * as fc from 'fast-check';
import { isCorrection } from '../../src/kernel/history';
import { count, type Figure } from '../../src/monitoring/figures';
import { resolve } from '../../src/monitoring/known-at';
import { type Database, freshDatabase } from '../cluster/database';
import type { Happening } from './cooperation';
import { everyWayToAsk } from './figures';
import { recounted } from './recounted';
import { type Step, Told } from './told';

const runs = Number(process.env['PUENTE_RUNS'] ?? 20);
const seed = process.env['PUENTE_SEED'] === undefined ? {} : { seed: Number(process.env['PUENTE_SEED']) };

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const date = fc.constantFrom(
  '2017',
  '2018',
  '2017-06',
  '2018-02',
  '2018-07',
  '2017-06-15',
  '2018-02-01',
  '2018-02-28',
  '2018-07-31',
  '2018-12-31',
);
const asOf = fc.constantFrom(
  '2017-05-31',
  '2017-06-15',
  '2017-06-30',
  '2017-12-31',
  '2018-02-01',
  '2018-02-28',
  '2018-07-31',
  '2018-12-30',
  '2018-12-31',
);
const component = fc.constantFrom('c1', 'c3');
const someParty = fc.constantFrom('malaga', 'cartagena', 'almada', 'malaga-2', 'almada-again');
const actor = fc.constantFrom('university', 'hospital', 'chamber');
const country = fc.constantFrom('ES', 'CO', 'PT');

const happening = <E extends Happening['type']>(type: E, data: fc.Arbitrary<Extract<Happening, { type: E }>['data']>) =>
  fc.record({ type: fc.constant(type), data, occurredOn: date }) as unknown as fc.Arbitrary<Happening>;
const ofPairing: fc.Arbitrary<Happening> = fc.oneof(
  happening(
    'Formed',
    fc.record({
      component,
      parties: fc.array(fc.record({ party: someParty, side: fc.constantFrom('european', 'latin-american') }), { maxLength: 3 }),
    }),
  ),
  happening('ComponentChanged', fc.record({ component })),
  happening('ActorEngaged', fc.record({ actor, sector: fc.constantFrom('academia', 'private') })),
  happening('ActorReleased', fc.record({ actor })),
  happening('PlanApproved', fc.record({ version: fc.constantFrom(1, 2), designs: fc.integer({ min: 0, max: 4 }) })),
  happening('Signed', fc.record({ by: fc.constantFrom('one', 'other') })),
);
const ofParty: fc.Arbitrary<Happening> = fc.oneof(
  happening('Registered', fc.record({ countries: fc.uniqueArray(country, { maxLength: 2 }) })),
  happening('LeftCountry', fc.record({ country })),
  happening('Consists', fc.record({ municipalities: fc.uniqueArray(someParty, { minLength: 1, maxLength: 3 }) })),
  // More often than the rest, into itself and round in circles too: what races and corrections leave behind.
  { arbitrary: happening('Merged', fc.record({ into: someParty })), weight: 3 },
  happening('Split', fc.record({ from: someParty })),
);

/** What a correction is about is chosen from what stands recorded when its turn comes. */
type Telling =
  | { readonly is: 'fact'; readonly stream: string; readonly happenings: readonly Happening[] }
  | {
      readonly is: 'correction';
      readonly stream: string;
      readonly of: readonly { readonly pick: number; readonly retract: boolean; readonly occurredOn: string }[];
    };

const stream = (kind: string, ids: fc.Arbitrary<string>) => ids.map((id) => `${kind}-${id}`);
const pairings = stream('pairing', fc.constantFrom('one', 'two'));
const parties = stream('party', someParty);
const telling: fc.Arbitrary<Telling> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('fact' as const),
      stream: pairings,
      happenings: fc.array(ofPairing, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant('fact' as const),
      stream: parties,
      happenings: fc.array(ofParty, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('correction' as const),
      stream: fc.oneof(pairings, parties),
      of: fc.array(fc.record({ pick: fc.nat(), retract: fc.boolean(), occurredOn: date }), { minLength: 1, maxLength: 3 }),
    }),
  },
);

const corrections = (told: Told, { stream, of }: Extract<Telling, { is: 'correction' }>): readonly Step[] => {
  const recorded = told.of(stream);
  const originals = recorded.filter((event) => !isCorrection(event));
  return originals.length === 0
    ? []
    : of.map(({ pick, retract, occurredOn }) => {
        if (retract) return { type: 'FactRetracted', data: { revision: pick % recorded.length } };
        const original = originals[pick % originals.length]!;
        const other = originals.findLast(({ type }) => type === original.type)!;
        return { type: 'FactCorrected', data: { revision: original.revision, data: other.data, occurredOn } };
      });
};

/** All but merges stands from the beginning: every party with a country of its own, all of them paired. */
const registered: readonly Telling[] = [
  ...['malaga', 'cartagena', 'almada', 'malaga-2', 'almada-again'].map((party, i): Telling => ({
    is: 'fact',
    stream: `party-${party}`,
    happenings: [
      { type: 'Registered', data: { countries: [`C${i}`] }, occurredOn: '2017-05-01' },
      { type: 'Consists', data: { municipalities: [party] }, occurredOn: '2017-05-01' },
    ],
  })),
  {
    is: 'fact',
    stream: 'pairing-one',
    happenings: [
      {
        type: 'Formed',
        data: {
          component: 'c1',
          parties: ['malaga', 'cartagena', 'almada', 'malaga-2', 'almada-again'].map((party) => ({ party, side: 'european' })),
        },
        occurredOn: '2017-05-02',
      },
    ],
  },
];
const merging: fc.Arbitrary<Telling> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('fact' as const),
      stream: parties,
      happenings: fc.array(happening('Merged', fc.record({ into: someParty })), { minLength: 1, maxLength: 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('fact' as const),
      stream: parties,
      happenings: fc.array(happening('Split', fc.record({ from: someParty })), { minLength: 1, maxLength: 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('correction' as const),
      stream: parties,
      of: fc.array(fc.record({ pick: fc.nat(), retract: fc.boolean(), occurredOn: date }), { minLength: 1, maxLength: 2 }),
    }),
  },
);

type Compared = Pick<Figure, 'value' | 'straddling' | 'illustrative' | 'open'>;
const figureIn = ({ value, straddling, illustrative, open }: Compared) => ({
  value,
  straddling,
  illustrative,
  ...(open !== undefined && { open }),
});
const compared = (figure: Compared & { readonly groups?: readonly (Compared & { readonly is: string | null })[] }) => ({
  ...figureIn(figure),
  ...(figure.groups && { groups: figure.groups.map(({ is, ...group }) => ({ is, ...figureIn(group) })) }),
});

const agreesWhateverIsTold = async (histories: fc.Arbitrary<readonly Telling[]>) => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.record({ asOf, command: fc.integer({ min: -1, max: 24 }) }), { minLength: 2, maxLength: 2 }),
      async (history, batchSize, questions) => {
        await database.pool.query('truncate reading.facts, reading.fact_moments');
        const told = new Told(database.pool);
        for (const each of history) {
          const steps = each.is === 'fact' ? each.happenings : corrections(told, each);
          if (steps.length > 0) told.records(each.stream, ...steps);
        }
        await told.reads(batchSize);
        for (const { asOf, command } of questions) {
          const knownAt = told.instant(command);
          const counted = await count(database.pool, everyWayToAsk, await resolve(database.pool, { asOf, knownAt }));
          expect(counted.figures.map(compared)).toEqual(recounted(told, everyWayToAsk, asOf, knownAt).map(compared));
        }
      },
    ),
    { numRuns: runs, ...seed },
  );
};

it(
  'every figure served is what counting the effective history one fact at a time gives, as of any day and as known at any instant',
  () => agreesWhateverIsTold(fc.array(telling, { minLength: 1, maxLength: 16 })),
  600_000,
);

it(
  'so it is however parties were merged, split, merged into each other and corrected',
  () => agreesWhateverIsTold(fc.array(merging, { minLength: 1, maxLength: 14 }).map((merges) => [...registered, ...merges])),
  600_000,
);
