import { inForce, type Stored } from '../kernel/history';
import { aboutOf, kindOfTarget, recordedLate, standings } from './timeline-rows';

type Told = readonly [type: string, data: object];
const history = (...events: readonly Told[]): readonly Stored[] =>
  events.map(([type, data], revision) => ({
    revision,
    type,
    data,
    occurredOn: '2018',
    recordedAt: '2018-06-01T00:00:00Z',
    actor: 'a',
    roles: [],
    commandId: String(revision),
  }));
const fact = ['Happened', { what: 'first' }] as const;
const corrected = (revision: number, what: string) =>
  ['FactCorrected', { revision, type: 'Happened', data: { what }, occurredOn: '2019' }] as const;
const retracted = (revision: number) => ['FactRetracted', { revision, type: 'Happened' }] as const;
const stands = (...events: readonly Told[]) => standings(history(...events), inForce(history(...events)));

describe('how an event stands', () => {
  it('is in force until something says otherwise', () => expect(stands(fact)).toEqual([{ standing: 'in-force' }]));

  it('is corrected by the latest correction, which replaces the one before', () =>
    expect(stands(fact, corrected(0, 'second'), corrected(0, 'third'))).toEqual([
      { standing: 'corrected', by: 2, now: { occurredOn: '2019', data: { what: 'third' } } },
      { standing: 'corrected', by: 2 },
      { standing: 'in-force' },
    ]));

  it('falls back to an earlier correction when the later one is taken back', () =>
    expect(stands(fact, corrected(0, 'second'), corrected(0, 'third'), retracted(2))).toMatchObject([
      { standing: 'corrected', by: 1, now: { data: { what: 'second' } } },
      { standing: 'in-force' },
      { standing: 'retracted', by: 3 },
      { standing: 'in-force' },
    ]));

  it('is in force again when its retraction is taken back', () =>
    expect(stands(fact, retracted(0), retracted(1))).toMatchObject([
      { standing: 'in-force' },
      { standing: 'retracted', by: 2 },
      { standing: 'in-force' },
    ]));

  it('is retracted rather than corrected when it was both', () =>
    expect(stands(fact, corrected(0, 'second'), retracted(0))).toMatchObject([
      { standing: 'retracted', by: 2 },
      { standing: 'in-force' },
      { standing: 'in-force' },
    ]));
});

describe('a correction', () => {
  const told = history(fact, corrected(0, 'second'), retracted(1), retracted(2), retracted(0));
  it('is about the fact at the root of the chain, as the correction has it', () =>
    expect(told.map((event) => aboutOf(told, event)?.data)).toEqual([
      undefined,
      { what: 'second' },
      { what: 'second' },
      { what: 'second' },
      { what: 'first' },
    ]));
  it('says what kind of thing is taken back', () =>
    expect(told.map((event) => kindOfTarget(told, event))).toEqual([undefined, undefined, 'correction', 'retraction', 'fact']));
});

describe('a delay', () => {
  const late = (occurredOn: string) => recordedLate({ occurredOn, recordedAt: '2018-06-10T23:00:00.000Z' });
  it('counts from the last day on which the fact can have happened', () => {
    expect(late('2018-06-01')).toBe(9);
    expect(late('2018-05')).toBe(10);
    expect(late('2018-06')).toBeUndefined();
    expect(late('2018-06-10')).toBeUndefined();
  });
});
