import { party } from '../../test/monitoring/cooperation';
import type { Stored } from '../kernel/history';
import { type CountedFact, difference, standingFacts, subjectKey } from './standing-facts';

describe('the subject of a fact', () => {
  it('is one key for a party, whether its own stream or a pairing speaks of it', () => {
    expect(subjectKey('party-almada', 'party')).toBe('party/almada');
    expect(subjectKey('pairing-belo-horizonte-almada', { ref: 'party/almada' })).toBe('party/almada');
  });

  it('means something inside its stream where it is in words', () => {
    expect(subjectKey('pairing-cartagena-malaga', 'mission 1')).toBe('pairing-cartagena-malaga/mission 1');
    expect(subjectKey('pairing-cartagena-malaga', 'pairing')).toBe('pairing/cartagena-malaga');
  });
});

describe('the facts of a stream', () => {
  const recorded = (revision: number, type: string, data: unknown, occurredOn = '2018-02'): Stored => ({
    revision,
    type,
    data,
    occurredOn,
    recordedAt: '2021-03-01T12:00:00.000Z',
    actor: 'officer',
    roles: [],
    commandId: `command ${revision}`,
  });
  const facts = (...history: Stored[]) => standingFacts(party, 'party-malaga', history, () => undefined);

  it('hold one value each, what they say of themselves before what their stream says, and the first and last day of a rough date', () => {
    expect(facts(recorded(0, 'Registered', { countries: ['ES', 'MT'] }))).toEqual(
      ['ES', 'MT'].map((country, ordinal) => ({
        revision: 0,
        ordinal,
        given: 0,
        measure: 'party-country',
        subject: `country/${country}`,
        quantity: 1,
        dimensions: { kind: 'city', country },
        occurredFrom: '2018-02-01',
        occurredTo: '2018-02-28',
      })),
    );
  });

  it('are none of what was retracted, and those of the latest correction', () => {
    const registered = recorded(0, 'Registered', { countries: ['PT'] });
    expect(facts(registered, recorded(1, 'FactRetracted', { revision: 0 }))).toEqual([]);
    const [fact] = facts(registered, recorded(1, 'FactCorrected', { revision: 0, data: { countries: ['ES'] }, occurredOn: '2019' }));
    expect(fact).toMatchObject({
      revision: 0,
      given: 1,
      dimensions: { kind: 'city', country: 'ES' },
      occurredFrom: '2019-01-01',
      occurredTo: '2019-12-31',
    });
  });
});

describe('the difference between what was held and what holds', () => {
  const fact: CountedFact = {
    revision: 3,
    ordinal: 0,
    given: 3,
    measure: 'delegates',
    subject: 'mission 1',
    quantity: 4,
    dimensions: { mode: 'virtual', component: 'c1' },
    occurredFrom: '2020-06-01',
    occurredTo: '2020-06-30',
  };

  it('is nothing for equal facts, in whatever order their dimensions and they themselves stand', () => {
    const same = { ...fact, ordinal: 1, dimensions: { component: 'c1', mode: 'virtual' } };
    expect(difference([fact], [same])).toEqual({ gone: [], come: [] });
  });

  it('counts equal facts one by one', () => {
    expect(difference([fact, { ...fact, ordinal: 1 }], [fact])).toMatchObject({ gone: [{ ordinal: 1 }], come: [] });
    expect(difference([fact], [fact, { ...fact, ordinal: 1 }])).toMatchObject({ gone: [], come: [{ ordinal: 1 }] });
  });

  it('replaces a fact that changed', () => {
    const changed = { ...fact, quantity: 5 };
    expect(difference([fact], [changed])).toEqual({ gone: [fact], come: [changed] });
  });
});
