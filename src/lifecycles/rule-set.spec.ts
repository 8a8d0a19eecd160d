import { given, story } from '../../test/given';
import { parse } from '../engine/parse';
import { PublishRuleSet } from '../parts/rule-set-versions';
import { ruleSet, ruleSetNamed, ruleSetOf } from './rule-set';

const of2017: Readonly<PublishRuleSet> = {
  version: 1,
  minPopulation: 50_000,
  setOfCitiesCountsTogether: true,
  excludedPartyKinds: ['provincial-council'],
  countries: [
    { component: 'C1', european: ['ES', 'IT'], latinAmerican: ['AR', 'CO'] },
    { component: 'C3', european: ['ES'], latinAmerican: ['MX'] },
  ],
  maxFundedTravellers: 5,
  missionsRequired: 2,
  missionsAllowed: 3,
  firstVisitor: [
    { component: 'C1', side: 'european' },
    { component: 'C3', side: 'latin-american' },
  ],
  commitmentMonths: 18,
  supportMonths: 18,
  source: 'IUC-LAC call of 2017',
};
const of2019: Readonly<PublishRuleSet> = { ...of2017, version: 2, minPopulation: 100_000, source: 'IUC presentation in Spanish (2019)' };

const unpublished = story(ruleSet, { book: () => undefined });
const published = unpublished.does('PublishRuleSet', of2017, '2017-01');
const twoVersions = published.does('PublishRuleSet', of2019, '2019-01');

describe('a rule set', () => {
  it('is published with all its parameters and its source', () => {
    given(unpublished).when('PublishRuleSet', of2017).then({ type: 'RuleSetPublished', data: of2017 });
  });
  it('is published once, however often it is sent', () => given(twoVersions).when('PublishRuleSet', of2017).thenNothing());
  it('never changes a published version', () =>
    given(twoVersions)
      .when('PublishRuleSet', { ...of2017, minPopulation: 100_000 })
      .thenRefused('RULE_SET_VERSION_STANDS'));
  it('counts its versions without gaps, from one', () => {
    given(unpublished).when('PublishRuleSet', of2019).thenRefused('RULE_SET_VERSION_NOT_NEXT');
    given(published)
      .when('PublishRuleSet', { ...of2019, version: 3 })
      .thenRefused('RULE_SET_VERSION_NOT_NEXT');
  });
  it('names each component once', () => {
    given(unpublished)
      .when('PublishRuleSet', { ...of2017, countries: [...of2017.countries.slice(1), ...of2017.countries] })
      .thenRefused('COMPONENT_TWICE');
    given(unpublished)
      .when('PublishRuleSet', { ...of2017, firstVisitor: [...of2017.firstVisitor.slice(1), ...of2017.firstVisitor] })
      .thenRefused('COMPONENT_TWICE');
  });
  it('does not require more missions than it allows', () =>
    given(unpublished)
      .when('PublishRuleSet', { ...of2017, missionsRequired: 4 })
      .thenRefused('MORE_MISSIONS_REQUIRED_THAN_ALLOWED'));
  it('keeps out kinds of parties that there are', () => {
    expect(parse(PublishRuleSet, of2017)).toEqual(of2017);
    expect(() => parse(PublishRuleSet, { ...of2017, excludedPartyKinds: ['provincial-council', 'parish'] })).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ path: 'excludedPartyKinds', code: 'NOT_ONE_OF' })] }) as Error,
    );
  });
  it('is read as it was published, also where it names a kind that no party has', () => {
    const versions = { 1: { ...of2017, excludedPartyKinds: ['parish'] } };
    expect(ruleSetOf({ ...published.state, versions }, 1)).toMatchObject({ excludedPartyKinds: ['parish'] });
  });
  it('is not published in the future', () =>
    given(unpublished).when('PublishRuleSet', of2017, '2021-02').thenRefused('GATE_CLOSED', 'not-in-the-future'));
});

describe('the rule book', () => {
  it('finds the parameters of a version, by component where they differ by component', () => {
    expect(ruleSetOf(twoVersions.state, 2)).toEqual({
      minPopulation: 100_000,
      setOfCitiesCountsTogether: true,
      excludedPartyKinds: ['provincial-council'],
      countries: { C1: { european: ['ES', 'IT'], latinAmerican: ['AR', 'CO'] }, C3: { european: ['ES'], latinAmerican: ['MX'] } },
      maxFundedTravellers: 5,
      missionsRequired: 2,
      missionsAllowed: 3,
      firstVisitor: { C1: 'european', C3: 'latin-american' },
      commitmentMonths: 18,
      supportMonths: 18,
    });
  });
  it('keeps an earlier version as it was, under its own name', () =>
    expect(ruleSetNamed('iuc-lac', twoVersions.state, 1)).toMatchObject({ name: 'iuc-lac@1', minPopulation: 50_000 }));
  it('finds nothing for a version that was never published', () => expect(ruleSetOf(published.state, 2)).toBeUndefined());
  it('tells other lifecycles which versions there are', () => expect(ruleSet.seen(twoVersions.state)).toEqual({ versions: [1, 2] }));
});

describe('a version published in error', () => {
  const reason = { authority: 'iuc-secretariat', reason: 'It was a draft' };
  it('is neither corrected nor taken back, since others were decided by it', () => {
    given(published)
      .when('Correct', { replace: [{ revision: 0, data: { ...of2017, minPopulation: 60_000 } }], ...reason })
      .thenRefused('FACT_NEVER_CHANGES');
    given(published)
      .when('Correct', { retract: [{ revision: 0 }], ...reason })
      .thenRefused('FACT_NEVER_CHANGES');
  });
  it('gives way to the next version', () => expect(ruleSetOf(twoVersions.state, 2)?.minPopulation).toBe(100_000));
});
