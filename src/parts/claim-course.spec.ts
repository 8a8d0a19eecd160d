import { given, story, words } from '../../test/given';
import { because } from '../../test/states';
import { claim } from '../lifecycles/claim';

const world = { book: () => undefined, now: '2022-01-01T12:00:00.000Z', elsewhere: { indicator: { 'planned-plans': { versions: [1] } } } };
const about = { en: 'Planned climate plans', es: 'Planes climáticos previstos', pt: 'Planos climáticos previstos' };
const source = { document: 'Closing newsletter', date: '2020-12', says: '79 plans were planned.' };
const said = { about, value: 79, comparator: '=' as const, asOf: '2020-12-31', against: ['planned-plans'], source };

const unpublished = story(claim, world);
const published = unpublished.does('PublishClaim', said, '2020-12');
const withdrawn = published.does('WithdrawClaim', { reason: 'Counted again' }, '2021-03');

describe('publishing a claim', () => {
  it('keeps the value, how it is meant, the day it speaks of, and who said it where', () =>
    given(unpublished).when('PublishClaim', said, '2020-12').then({ type: 'ClaimPublished', data: said }));
  it('may leave out when it speaks of: pages are often undated', () => {
    const { asOf, ...undated } = said;
    expect(asOf).toBe('2020-12-31');
    given(unpublished).when('PublishClaim', undated, '2020-12').then({ type: 'ClaimPublished', data: undated });
  });
  it('may be of one thing alone, told by its dimensions, each once', () => {
    const where = [{ dimension: 'pipa', is: 'ibermuseos' }];
    given(unpublished)
      .when('PublishClaim', { ...said, where }, '2020-12')
      .then({ type: 'ClaimPublished', data: { ...said, where } });
    given(unpublished)
      .when('PublishClaim', { ...said, where: [...where, ...where] }, '2020-12')
      .thenRefused('CLAIM_DIMENSION_TWICE');
  });
  it('is not corrected into what it could not have been', () => {
    given(published)
      .when('Correct', { replace: [{ revision: 0, data: { ...said, against: [] } }], ...because })
      .thenRefused('FACTS_REST_ON_IT');
  });
  it('is done once, and not otherwise', () => {
    given(published).when('PublishClaim', said, '2020-12').thenNothing();
    given(published)
      .when('PublishClaim', { ...said, value: 80 }, '2020-12')
      .thenRefused('CLAIM_PUBLISHED_OTHERWISE');
  });
  it('names indicators, or says why nothing can be counted: the one or the other', () => {
    given(unpublished)
      .when('PublishClaim', { ...said, against: [] }, '2020-12')
      .thenRefused('CLAIM_AGAINST_NOTHING');
    given(unpublished)
      .when('PublishClaim', { ...said, notCountable: 'No event tells of plans.' }, '2020-12')
      .thenRefused('CLAIM_AGAINST_NOTHING');
  });
});

describe('a claim that differs', () => {
  it('is explained in words that can be forgotten, and again in others', () => {
    const explained = published.does('ExplainDifference', { explanation: 'One country was added late' }, '2021-01');
    expect(explained.state.claim).toMatchObject({ is: 'published', explanation: words('One country was added late') });
    given(explained).when('ExplainDifference', { explanation: 'One country was added late' }, '2021-02').thenNothing();
    given(explained)
      .when('ExplainDifference', { explanation: 'Two were' }, '2021-02')
      .then({ type: 'DifferenceExplained', data: { explanation: words('Two were') } });
  });
  it('is explained only while it stands', () => {
    given(unpublished).when('ExplainDifference', { explanation: 'Why' }, '2021').thenRefused('NO_SUCH_CLAIM');
    given(withdrawn).when('ExplainDifference', { explanation: 'Why' }, '2021-04').thenRefused('CLAIM_WITHDRAWN');
  });
});

describe('withdrawing a claim', () => {
  it('says why, once', () => {
    given(published)
      .when('WithdrawClaim', { reason: 'Counted again' }, '2021-03')
      .then({ type: 'ClaimWithdrawn', data: { reason: words('Counted again') } });
    given(withdrawn).when('WithdrawClaim', { reason: 'Counted again' }, '2021-03').thenRefused('CLAIM_WITHDRAWN');
  });
});
