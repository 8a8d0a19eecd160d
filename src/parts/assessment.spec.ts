import { type Elsewhere, given, story, words } from '../../test/given';
import { rulesOf2017 } from '../../test/rules';
import { factsOf } from '../kernel/lifecycle';
import { mayRead, shownTo } from '../kernel/reserved';
import { application } from '../lifecycles/application';
import { decimal, standingOf, weightedScore } from './assessment-scores';

const impact = { criterion: 'impact', weight: 60, lowest: 0, highest: 5 };
const capacity = { criterion: 'capacity', weight: 40, lowest: 1, highest: 10 };
const seen = {
  ...{ phase: 'open', component: 'C1', rules: rulesOf2017.name, openedOn: '2017-07-01', deadline: '2017-09-21T23:59' },
  criteria: [
    { version: 1, on: '2017-07-10', criteria: [impact, capacity] },
    { version: 2, on: '2017-10-20', criteria: [{ ...impact, weight: 100 }] },
  ],
};
const elsewhere = (change: object = {}): Elsewhere => ({ call: { first: { ...seen, ...change } } });
const absent = story(application, { book: () => rulesOf2017, elsewhere: elsewhere() });
const submitted = absent.does(
  'SubmitApplication',
  { call: 'first', party: 'almeria', side: 'european', themes: ['housing'], evidence: [] },
  '2017-09-10',
);
const ana = submitted.in({ actor: 'ana' });

const scores = [
  { criterion: 'impact', score: 4 },
  { criterion: 'capacity', score: 7 },
];
const assessed = { scores, comment: 'A clear need' };
const byAna = ana.does('AssessApplication', assessed, '2017-10-01');
const tie = { reason: 'She worked for the city' };
const conflicted = byAna.does('DeclareConflict', tie, '2017-10-05');
const event = {
  type: 'ApplicationAssessed',
  data: { assessor: 'ana', criteriaVersion: 1, criteria: [impact, capacity], scores, comment: words('A clear need') },
} as const;
const scoring = (...given: [string, number][]) => ({
  scores: given.map(([criterion, score]) => ({ criterion, score })),
  comment: 'A clear need',
});

describe('assessing an application', () => {
  it('keeps the scores of the one who assesses, with the criteria they were given by', () => {
    given(ana)
      .when('AssessApplication', assessed, '2017-10-01')
      .then(structuredClone(event) as never);
    given(ana)
      .when('AssessApplication', { ...assessed, scores: scores.toReversed() }, '2017-10-01')
      .then(structuredClone(event) as never);
  });
  it('is done once', () => given(byAna).when('AssessApplication', assessed, '2017-10-02').thenNothing());
  it('again replaces what the same assessor said, and nobody else', () => {
    const again = byAna.does('AssessApplication', scoring(['impact', 5], ['capacity', 10]), '2017-10-03');
    const both = again.in({ actor: 'bo' }).does('AssessApplication', scoring(['impact', 0], ['capacity', 1]), '2017-10-03');
    expect(standingOf(both.state.assessment)).toMatchObject({ score: { numerator: 50n, denominator: 1n }, assessments: 2 });
  });
  it('goes by the criteria of its day, and keeps those it was made by', () => {
    const later = byAna.does('AssessApplication', scoring(['impact', 4]), '2017-10-21');
    expect(later.history.at(-1)!.data).toMatchObject({ criteriaVersion: 2, criteria: [{ criterion: 'impact', weight: 100 }] });
    given(later).when('AssessApplication', assessed, '2017-10-02').thenNothing();
  });
  it('recorded late does not replace what was said later', () => {
    const late = byAna.does('AssessApplication', scoring(['impact', 0], ['capacity', 1]), '2017-09-20');
    expect(standingOf(late.state.assessment).score).toEqual(standingOf(byAna.state.assessment).score);
  });
  it.each([
    ['SCORE_OUTSIDE_SCALE', scoring(['impact', 6], ['capacity', 7])],
    ['SCORE_OUTSIDE_SCALE', scoring(['impact', 4], ['capacity', 0])],
    ['UNKNOWN_CRITERION', scoring(['impact', 4], ['capacity', 7], ['beauty', 1])],
    ['CRITERION_NOT_SCORED', scoring(['impact', 4])],
    ['CRITERION_SCORED_TWICE', scoring(['impact', 4], ['impact', 4], ['capacity', 7])],
  ])('is refused with %s', (code, body) => given(ana).when('AssessApplication', body, '2017-10-01').thenRefused(code));
  it('waits for criteria', () => {
    given(ana.in({ elsewhere: elsewhere({ criteria: [] }) }))
      .when('AssessApplication', assessed, '2017-10-01')
      .thenRefused('NO_CRITERIA_YET');
    given(ana.in({ elsewhere: {} }))
      .when('AssessApplication', assessed, '2017-10-01')
      .thenRefused('NO_CALL_TO_ANSWER');
  });
  it('is for those who are assigned to the call, where anybody is', () => {
    const assigned = ana.in({ elsewhere: elsewhere({ assessors: [{ assessor: 'bo', from: '2017-09', to: '2017-11-15' }] }) });
    given(assigned).when('AssessApplication', assessed, '2017-10-01').thenRefused('NOT_AN_ASSESSOR_HERE');
    expect(() => assigned.tries('AssessApplication', assessed, '2017-10-01')).toThrow(
      expect.objectContaining({ said: { code: 'NOT_AN_ASSESSOR_HERE', values: { call: 'first', occurredOn: '2017-10-01' } } }) as Error,
    );
    const bo = assigned.in({ actor: 'bo' });
    for (const date of ['2017-10-01', '2017-09-30', '2017-09']) expect(bo.tries('AssessApplication', assessed, date)).toHaveLength(1);
    given(bo).when('AssessApplication', assessed, '2017-11-16').thenRefused('NOT_AN_ASSESSOR_HERE');
  });
  it('is not for who belongs to the party that applies, also under another of its registrations', () => {
    const of = (party: string, parties: object = {}) => {
      const { call } = elsewhere({ assessors: [{ assessor: 'ana', from: '2017-09', party }] });
      return ana.in({ elsewhere: { call: call!, party: parties as Elsewhere[string] } });
    };
    given(of('almeria')).when('AssessApplication', assessed, '2017-10-01').thenRefused('ASSESSOR_OF_ITS_OWN_PARTY');
    for (const [member, into] of [
      ['almería', 'almeria'],
      ['almeria', 'almería'],
    ] as const)
      given(of('almería', { [member]: { mergedInto: into } }))
        .when('AssessApplication', assessed, '2017-10-01')
        .thenRefused('ASSESSOR_OF_ITS_OWN_PARTY');
    expect(of('granada').tries('AssessApplication', assessed, '2017-10-01')).toHaveLength(1);
  });
  it('needs an application that was submitted by then and not withdrawn', () => {
    given(absent).when('AssessApplication', assessed).thenRefused('NEVER_SUBMITTED');
    given(ana).when('AssessApplication', assessed, '2017-09-09').thenRefused('NOT_YET_SUBMITTED');
    given(ana.does('WithdrawApplication', { reason: 'A new mayor' }, '2017-09-30'))
      .when('AssessApplication', assessed, '2017-10-01')
      .thenRefused('APPLICATION_WITHDRAWN');
  });
  it('is corrected within the same scales', () => {
    const by = { authority: 'secretariat', reason: 'Typed wrongly' };
    const replace = (impactScore: number) => ({
      replace: [{ revision: 1, data: { ...event.data, scores: [{ criterion: 'impact', score: impactScore }, scores[1]] } }],
      ...by,
    });
    given(byAna).when('Correct', replace(6)).thenNeededBy('ApplicationAssessed', 'SCORE_OUTSIDE_SCALE');
    expect(byAna.does('Correct', replace(5)).state.assessment['ana']!.assessments[0]!.scores[0]!.score).toBe(5);
  });
});

describe('a conflict of interest', () => {
  it('is declared by the one who has it', () =>
    given(byAna)
      .when('DeclareConflict', tie, '2017-10-05')
      .then({ type: 'ConflictOfInterestDeclared', data: { assessor: 'ana', reason: words(tie.reason) } }));
  it('is declared once', () => {
    given(conflicted).when('DeclareConflict', tie, '2017-10-06').thenNothing();
    given(conflicted).when('DeclareConflict', { reason: 'He is her brother' }).thenRefused('CONFLICT_DECLARED_OTHERWISE');
  });
  it('is declared by those who are assigned to the call on that day, where anybody is, and by whoever assessed it', () => {
    const to = elsewhere({ assessors: [{ assessor: 'bo', from: '2017-09', to: '2017-11-15' }] });
    const declared = (actor: string) => given(byAna.in({ elsewhere: to, actor }));
    declared('cy').when('DeclareConflict', tie, '2017-10-05').thenRefused('NOT_AN_ASSESSOR_HERE');
    declared('bo').when('DeclareConflict', tie, '2017-11-16').thenRefused('NOT_AN_ASSESSOR_HERE');
    for (const actor of ['ana', 'bo'])
      expect(byAna.in({ elsewhere: to, actor }).tries('DeclareConflict', tie, '2017-10-05')).toHaveLength(1);
  });
  it('needs an application', () => given(absent).when('DeclareConflict', tie).thenRefused('NEVER_SUBMITTED'));
  it('leaves out of account what that assessor said, and nobody else', () => {
    const both = conflicted.in({ actor: 'bo' }).does('AssessApplication', scoring(['impact', 5], ['capacity', 10]), '2017-10-06');
    expect(standingOf(both.state.assessment)).toMatchObject({ score: { numerator: 100n }, assessments: 1, conflicts: ['ana'] });
  });
  it('keeps that assessor from assessing from then on', () => {
    const revised = scoring(['impact', 5], ['capacity', 10]);
    given(conflicted).when('AssessApplication', revised, '2017-10-06').thenRefused('CONFLICT_OF_INTEREST');
    given(conflicted).when('AssessApplication', revised, '2017-10-05').thenRefused('CONFLICT_OF_INTEREST');
    const late = conflicted.does('AssessApplication', revised, '2017-10-04');
    expect(standingOf(late.state.assessment).assessments).toBe(0);
  });
  it('declared in error is taken back, and what was said counts again', () => {
    const back = conflicted.does('Correct', { retract: [{ revision: 2 }], authority: 'secretariat', reason: 'Another city' });
    expect(standingOf(back.state.assessment).assessments).toBe(1);
  });
});

describe('the weighted score', () => {
  const of = (highest: number, score: number) => ({
    on: '2017',
    criteriaVersion: 1,
    criteria: [{ criterion: 'impact', weight: 100, lowest: 0, highest }],
    scores: [{ criterion: 'impact', score }],
  });
  it('goes from 0, all lowest, to 100, all highest, whatever the scales', () =>
    // 4 of 0 to 5 by 60, and 7 of 1 to 10 by 40: 48 + 80/3.
    expect(weightedScore(byAna.state.assessment['ana']!.assessments[0]!)).toEqual({ numerator: 224n, denominator: 3n }));
  it('is exact: thirds add up', () => {
    const thirds = Object.fromEntries(['ana', 'bo', 'cy'].map((name) => [name, { assessments: [of(3, 1)] }]));
    expect(standingOf(thirds).score).toEqual({ numerator: 100n, denominator: 3n });
    expect(decimal({ numerator: 100n, denominator: 3n }, 4)).toBe('33.3333');
    expect(decimal({ numerator: 0n, denominator: 1n }, 2)).toBe('0.00');
  });
  it('on the criterion of greatest weight is kept beside it, the first of several', () =>
    expect(standingOf(byAna.state.assessment).leading).toEqual({ numerator: 80n, denominator: 1n }));
  it('is none while nobody assessed', () =>
    expect(standingOf({})).toEqual({ score: undefined, leading: undefined, assessments: 0, conflicts: [] }));
});

describe('what assessors said', () => {
  const both = conflicted.in({ actor: 'bo' }).does('AssessApplication', assessed, '2017-10-06');
  const read = (actor: string, ...roles: string[]) => {
    const shown = shownTo(application, both.state, { actor, roles });
    expect({ ...shown, assessment: {} }).toEqual({ ...both.state, assessment: {} });
    const facts = both.history.filter((fact) => mayRead(application, fact, { actor, roles }));
    return [Object.keys(shown['assessment'] as object), facts.map(({ revision }) => revision)];
  };

  it('is read by officers, evaluators and administrators', () => {
    for (const role of ['programme-officer', 'evaluator', 'admin'])
      expect(read('cy', role)).toEqual([
        ['ana', 'bo'],
        [0, 1, 2, 3],
      ]);
    expect(read('ana', 'assessor', 'evaluator')).toEqual([
      ['ana', 'bo'],
      [0, 1, 2, 3],
    ]);
  });
  it('is read by each assessor as far as they said it', () => {
    expect(read('ana', 'assessor')).toEqual([['ana'], [0, 1, 2]]);
    expect(read('bo', 'assessor')).toEqual([['bo'], [0, 3]]);
  });
  it('is read by nobody else, whoever they were before', () => {
    for (const role of ['focal-point', 'service']) expect(read('ana', role)).toEqual([[], [0]]);
    expect(read('ana')).toEqual([[], [0]]);
  });
});

it('counts one assessment of each assessor until a conflict of interest', () => {
  const again = byAna.does('AssessApplication', scoring(['impact', 5], ['capacity', 10]), '2017-10-03');
  const steps = [ana, byAna, again, again.does('DeclareConflict', tie, '2017-10-05')];
  const facts = steps.slice(1).map((after, i) => factsOf(application, after.history.at(-1)!, after.state, steps[i]!.state));
  expect(facts.map((each) => each.map(({ measure, quantity }) => `${measure} ${quantity}`))).toEqual([
    ['assessments 1'],
    [],
    ['conflicts-of-interest 1', 'assessments -1'],
  ]);
});
