import { given, story, words } from '../../test/given';
import { dimensionsOf, factsOf } from '../kernel/lifecycle';
import type { PartyEvents } from '../parts/party-identity';
import { party } from './party';

type Registration = PartyEvents['PartyRegistered'];

const aCity: Registration = { name: 'Kavala', kind: 'city', countries: ['GR'] };
const aConsortium: Registration = {
  name: 'Consórcio Grande ABC',
  kind: 'consortium',
  countries: ['BR'],
  members: [
    { municipality: 'santo-andre', name: 'Santo André' },
    { municipality: 'diadema', name: 'Diadema' },
  ],
  representative: 'santo-andre',
};

const unregistered = story(party, { book: () => undefined });
const city = unregistered.does('RegisterParty', aCity, '2017');
const consortium = unregistered.does('RegisterParty', aConsortium, '2017');
const counted = city
  .does('RecordPopulation', { population: 58_790, year: 2011, source: 'Census' })
  .does('RecordPopulation', { population: 54_027, year: 2001 });

describe('registering a party', () => {
  it('records a city with its country', () => {
    given(unregistered)
      .when('RegisterParty', aCity)
      .then({ type: 'PartyRegistered', data: { name: 'Kavala', kind: 'city', countries: ['GR'] } });
  });
  it('records a consortium with its municipalities and the one that represents them', () => {
    given(unregistered).when('RegisterParty', aConsortium).then({ type: 'PartyRegistered', data: aConsortium });
  });
  it('records a provincial council, of which rules say whether it may apply', () => {
    const council: Registration = { name: 'Diputación de Almería', kind: 'provincial-council', countries: ['ES'] };
    given(unregistered).when('RegisterParty', council).then({ type: 'PartyRegistered', data: council });
  });
  it('records an organisation of no country, which can stand as an authority', () => {
    const secretariat: Registration = { name: 'IUC secretariat', kind: 'organisation', countries: [] };
    given(unregistered).when('RegisterParty', secretariat).then({ type: 'PartyRegistered', data: secretariat });
  });
  it('is done once, also after the party was renamed', () =>
    given(city.does('RenameParty', { name: 'Municipality of Kavala' }))
      .when('RegisterParty', aCity)
      .thenNothing());
  it('is refused where the party is registered otherwise', () =>
    given(city)
      .when('RegisterParty', { ...aCity, countries: ['TR'] })
      .thenRefused('PARTY_REGISTERED_OTHERWISE'));
  it('is refused for a city of two countries, or of none', () => {
    given(unregistered)
      .when('RegisterParty', { ...aCity, countries: ['GR', 'TR'] })
      .thenRefused('CITY_HAS_ONE_COUNTRY');
    given(unregistered)
      .when('RegisterParty', { ...aCity, countries: [] })
      .thenRefused('CITY_HAS_ONE_COUNTRY');
  });
  it('is refused for a region that consists of municipalities', () =>
    given(unregistered)
      .when('RegisterParty', { ...aConsortium, kind: 'region' })
      .thenRefused('MEMBERS_OF_WHAT'));
  it('is refused where a municipality occurs twice', () =>
    given(unregistered)
      .when('RegisterParty', { ...aConsortium, members: [...aConsortium.members!, { municipality: 'diadema', name: 'Diadema' }] })
      .thenRefused('MUNICIPALITY_TWICE'));
  it('is refused where an outsider represents the municipalities', () =>
    given(unregistered)
      .when('RegisterParty', { ...aConsortium, representative: 'sao-paulo' })
      .thenRefused('REPRESENTATIVE_NOT_A_MEMBER'));
  it('is not dated in the future', () =>
    given(unregistered).when('RegisterParty', aCity, '2022').thenRefused('GATE_CLOSED', 'not-in-the-future'));
});

describe('the name of a party', () => {
  const renamed = city.does('RenameParty', { name: 'Municipality of Kavala' }, '2018-05');
  it('changes', () =>
    given(city)
      .when('RenameParty', { name: 'Municipality of Kavala' })
      .then({ type: 'PartyRenamed', data: { name: 'Municipality of Kavala' } }));
  it('changes once to the same name', () => given(renamed).when('RenameParty', { name: 'Municipality of Kavala' }).thenNothing());
  it('does not change to what the party is called already', () =>
    given(city).when('RenameParty', { name: 'Kavala' }).thenRefused('PARTY_HAS_THAT_NAME'));
  it('belongs to a registered party', () => given(unregistered).when('RenameParty', { name: 'Kavala' }).thenRefused('NO_SUCH_PARTY'));
  it('is the latest by date, not the one recorded last', () => {
    const recordedLate = renamed.does('RenameParty', { name: 'Kavala and Philippi' }, '2017-03');
    expect(party.seen(recordedLate.state)?.name).toBe('Municipality of Kavala');
    given(recordedLate).when('RenameParty', { name: 'Kavala and Philippi' }, '2017-03').thenNothing();
  });
});

describe('an alias', () => {
  const aliased = city.does('AddAlias', { alias: 'Kalava' });
  it('is another name the party occurs under', () => {
    given(city)
      .when('AddAlias', { alias: 'Kalava' })
      .then({ type: 'PartyAliasAdded', data: { alias: 'Kalava' } });
    expect(party.seen(aliased.state)?.aliases).toEqual(['Kalava']);
  });
  it('is added once', () => given(aliased).when('AddAlias', { alias: 'Kalava' }).thenNothing());
  it('is never the name itself', () => given(city).when('AddAlias', { alias: 'Kavala' }).thenRefused('ALIAS_IS_THE_NAME'));
  it('belongs to a registered party', () => given(unregistered).when('AddAlias', { alias: 'Kalava' }).thenRefused('NO_SUCH_PARTY'));
  it('is an alias no longer once it becomes the name', () => {
    const swapped = aliased.does('RenameParty', { name: 'Kalava' });
    expect(party.seen(swapped.state)).toMatchObject({ name: 'Kalava', aliases: [] });
  });
  it('holds a later name where it was: taking the renaming back would make an alias of the name', () => {
    const renamed = city.does('RenameParty', { name: 'Municipality of Kavala' }).does('AddAlias', { alias: 'Kavala' });
    given(renamed)
      .when('Correct', { retract: [{ revision: 1 }], authority: 'iuc-secretariat', reason: 'It was not renamed' })
      .thenRefused('FACTS_REST_ON_IT');
  });
});

describe('the population of a party', () => {
  it('is recorded with its year and source', () =>
    given(city)
      .when('RecordPopulation', { population: 58_790, year: 2011, source: 'Census' })
      .then({ type: 'PartyPopulationRecorded', data: { population: 58_790, year: 2011, source: words('Census') } }));
  it('is that of the latest year, in whatever order the years were recorded', () => {
    expect(party.seen(counted.state)).toMatchObject({
      population: { population: 58_790, year: 2011 },
      populations: [
        { population: 54_027, year: 2001 },
        { population: 58_790, year: 2011 },
      ],
    });
  });
  it('is recorded once', () => given(counted).when('RecordPopulation', { population: 54_027, year: 2001 }).thenNothing());
  it('of a year is changed by a correction only', () => {
    given(counted).when('RecordPopulation', { population: 54_000, year: 2001 }).thenRefused('POPULATION_RECORDED_OTHERWISE');
    const corrected = counted.does('Correct', {
      replace: [{ revision: 2, data: { population: 63_293, year: 2001 } }],
      authority: 'iuc-secretariat',
      reason: 'Misread',
    });
    expect(party.seen(corrected.state)?.populations[0]).toEqual({ population: 63_293, year: 2001 });
  });
  it('cannot have been counted in a year to come', () =>
    given(city).when('RecordPopulation', { population: 60_000, year: 2022 }).thenRefused('YEAR_TO_COME'));
  it('belongs to a registered party', () =>
    given(unregistered).when('RecordPopulation', { population: 1, year: 2011 }).thenRefused('NO_SUCH_PARTY'));
});

describe('what a party counts for', () => {
  const factsOfRegistering = (registered: typeof city) => factsOf(party, registered.history[0]!, registered.state, unregistered.state);
  it('is one party in its country and, being a city, one municipality', () => {
    expect(factsOfRegistering(city)).toEqual([
      { measure: 'party-registered', subject: 'party', quantity: 1 },
      { measure: 'party-country', subject: { ref: 'country/GR' }, quantity: 1, by: { country: 'GR' } },
      { measure: 'municipality', subject: 'party', quantity: 1 },
    ]);
  });
  it('is each of its municipalities, where it consists of several', () => {
    expect(factsOfRegistering(consortium).filter(({ measure }) => measure === 'municipality')).toEqual([
      { measure: 'municipality', subject: { ref: 'party/santo-andre' }, quantity: 1, by: { municipality: 'santo-andre' } },
      { measure: 'municipality', subject: { ref: 'party/diadema' }, quantity: 1, by: { municipality: 'diadema' } },
    ]);
  });
  it('is broken down by its kind', () => expect(dimensionsOf(party, consortium.state, 'any')).toEqual({ kind: 'consortium' }));
  it('is nothing once its registration was taken back', () => {
    const takenBack = city.does('Correct', { retract: [{ revision: 0 }], authority: 'iuc-secretariat', reason: 'Registered twice' });
    expect(party.seen(takenBack.state)).toBeUndefined();
  });
  it('stays registered while facts about it stand', () =>
    given(counted)
      .when('Correct', { retract: [{ revision: 0 }], authority: 'iuc-secretariat', reason: 'Registered twice' })
      .thenRefused('FACTS_REST_ON_IT'));
});
