import { given, story, words } from '../../test/given';
import { because } from '../../test/states';
import { pipa } from '../lifecycles/pipa';
import { standingFacts } from '../monitoring/standing-facts';
import { termsOf } from './pipa-bodies';

const [ana, eva] = ['6ba7b810-9dad-41d1-80b4-00c04fd430c8', '6ba7b811-9dad-41d1-80b4-00c04fd430c8'] as const;
const registered = story(pipa, { book: () => undefined, id: 'iberarchivos' }).does(
  'RegisterPipa',
  { name: 'Iberarchivos', kind: 'programme' },
  '1998',
);
const presided = registered.does('DesignateBodyHolder', { body: 'presidency', country: 'BR', organisation: 'Arquivo Nacional' }, '2012');
const represented = registered.does('DesignateBodyHolder', { body: 'country-representative', country: 'AR', person: ana }, '2012');
const seats = (told: typeof registered, day: string) =>
  standingFacts(pipa, 'pipa-iberarchivos', told.history, () => undefined)
    .filter(({ measure, occurredTo }) => measure === 'pipa-seats-held' && occurredTo <= day)
    .reduce((sum, { quantity }) => sum + quantity, 0);

describe('a body', () => {
  it('is held by a country, an organisation, a party or a person, or by one through another', () => {
    given(registered)
      .when('DesignateBodyHolder', { body: 'technical-unit', organisation: 'CERLALC' }, '2012')
      .then({ type: 'BodyHolderDesignated', data: { body: 'technical-unit', organisation: 'CERLALC' } });
    given(registered)
      .when('DesignateBodyHolder', { body: 'presidency', country: 'BR', person: ana }, '2012')
      .then({ type: 'BodyHolderDesignated', data: { body: 'presidency', country: 'BR', person: ana } });
    given(registered).when('DesignateBodyHolder', { body: 'technical-unit' }, '2012').thenRefused('BODY_HOLDER_MISSING');
  });
  it('has one holder at a time', () => {
    given(presided)
      .when('DesignateBodyHolder', { body: 'presidency', country: 'BR', organisation: 'Arquivo Nacional' }, '2012')
      .thenNothing();
    given(presided).when('DesignateBodyHolder', { body: 'presidency', country: 'CU' }, '2014').thenRefused('BODY_SEAT_TAKEN');
    given(presided)
      .when('DesignateBodyHolder', { body: 'presidency', country: 'CU' }, '2010')
      .then({ type: 'BodyHolderDesignated', data: { body: 'presidency', country: 'CU' } });
  });
  it('passes from one holder to the next', () => {
    given(presided)
      .when('ReplaceBodyHolder', { body: 'presidency', country: 'CU' }, '2016-06')
      .then({ type: 'BodyHolderReplaced', data: { body: 'presidency', country: 'CU' } });
    const replaced = presided.does('ReplaceBodyHolder', { body: 'presidency', country: 'CU' }, '2016-06');
    given(replaced).when('ReplaceBodyHolder', { body: 'presidency', country: 'CU' }, '2016-06').thenNothing();
    expect(termsOf(replaced.state.bodies, 'presidency')).toMatchObject([
      { country: 'BR', from: '2012', to: '2016-06' },
      { country: 'CU', from: '2016-06' },
    ]);
    given(registered).when('ReplaceBodyHolder', { body: 'presidency', country: 'CU' }, '2016-06').thenRefused('BODY_SEAT_EMPTY');
    given(presided).when('ReplaceBodyHolder', { body: 'presidency', country: 'CU' }, '2011').thenRefused('BODY_SEAT_EMPTY');
  });
  it('is empty once a term ended, for a reason', () => {
    const ended = presided.does('EndBodyTerm', { body: 'presidency', reason: 'Its turn is over' }, '2016');
    expect(ended.standing.at(-1)!.data).toEqual({ body: 'presidency', reason: words('Its turn is over') });
    given(ended).when('EndBodyTerm', { body: 'presidency', reason: 'Its turn is over' }, '2016').thenNothing();
    given(ended).when('EndBodyTerm', { body: 'presidency' }, '2017').thenRefused('BODY_SEAT_EMPTY');
    given(ended)
      .when('DesignateBodyHolder', { body: 'presidency', country: 'CU' }, '2018')
      .then({ type: 'BodyHolderDesignated', data: { body: 'presidency', country: 'CU' } });
    expect(['2011-12-31', '2012-12-31', '2016-12-31'].map((day) => seats(ended, day))).toEqual([0, 1, 0]);
  });
  it('needs the term that another one followed', () =>
    given(presided.does('ReplaceBodyHolder', { body: 'presidency', country: 'CU' }, '2016-06'))
      .when('Correct', { retract: [{ revision: presided.history.length - 1 }], ...because })
      .thenNeededBy('BodyHolderReplaced', 'BODY_SEAT_EMPTY'));
});

describe('the representatives of countries', () => {
  it('have a seat for each country, held by somebody whose name no event holds', () => {
    expect(represented.standing.at(-1)!.data).toEqual({ body: 'country-representative', country: 'AR', person: ana });
    given(represented)
      .when('DesignateBodyHolder', { body: 'country-representative', country: 'CL', person: eva }, '2012')
      .then({ type: 'BodyHolderDesignated', data: { body: 'country-representative', country: 'CL', person: eva } });
    given(represented)
      .when('DesignateBodyHolder', { body: 'country-representative', person: eva }, '2012')
      .thenRefused('BODY_SEAT_OF_WHICH_COUNTRY');
    given(represented).when('EndBodyTerm', { body: 'country-representative' }, '2013').thenRefused('BODY_SEAT_OF_WHICH_COUNTRY');
  });
  it('change', () => {
    const changed = represented.does('ReplaceBodyHolder', { body: 'country-representative', country: 'AR', person: eva }, '2015');
    expect(termsOf(changed.state.bodies, 'country-representative', 'AR').map(({ person }) => person)).toEqual([ana, eva]);
    expect(seats(changed, '2016-12-31')).toBe(1);
  });
});
