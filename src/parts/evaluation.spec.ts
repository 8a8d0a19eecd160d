import { given, story, words } from '../../test/given';
import { because } from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { evaluation } from '../lifecycles/evaluation';

const reach = { question: 'reach', criterion: 'effectiveness' as const, asks: 'Were the plans approved?' };
const opening = { title: 'Final evaluation', programme: 'iuc', from: '2017-01-01', to: '2020-12-31', questions: [reach] };
const unopened = story(evaluation, {
  book: () => undefined,
  now: '2021-01-01T12:00:00.000Z',
  elsewhere: { indicator: { ucaps: { versions: [1, 2] } } },
  roles: ['evaluator'],
});
const opened = unopened.does('OpenEvaluation', opening, '2020-10');
const figure = { indicator: 'ucaps', version: 1, asOf: '2020-06-30', knownAt: '2020-12-01T10:00:00+01:00', value: 23 };
const finding = { finding: 'f1', answers: ['reach'], says: 'Most were approved', figures: [figure], events: ['pairing-lima-larissa@7'] };
const found = opened.does('RecordFinding', finding, '2020-12');
const recommended = found
  .does('DrawConclusion', { conclusion: 'c1', findings: ['f1'], says: 'It works' }, '2020-12')
  .does('MakeRecommendation', { recommendation: 'r1', conclusions: ['c1'], says: 'Go on' }, '2020-12');
const promise = { action: 'renew', says: 'A second phase', deadline: '2021-06-30' };
const response = { recommendation: 'r1', response: 'accepted' as const, says: 'Gladly', actions: [promise] };
const answered = recommended.in({ roles: ['programme-officer'] }).does('AnswerRecommendation', response, '2020-12-20');
const closed = answered.does('CloseEvaluation', {}, '2020-12-31');

describe('an evaluation', () => {
  it('is opened with what is evaluated, the time and the questions', () => {
    given(unopened)
      .when('OpenEvaluation', opening)
      .then({ type: 'EvaluationOpened', data: { ...opening, pairings: [], questions: [{ ...reach, asks: words(reach.asks) }] } });
    const { programme, ...ofNothing } = opening;
    expect(programme).toBe('iuc');
    given(unopened).when('OpenEvaluation', ofNothing).thenRefused('EVALUATION_OF_NOTHING');
    const ofPipa = { ...ofNothing, pipa: 'ibermuseos' };
    expect(unopened.does('OpenEvaluation', ofPipa).state.evaluation).toMatchObject({ opened: { pipa: 'ibermuseos', pairings: [] } });
    given(unopened)
      .when('OpenEvaluation', { ...opening, to: '2016-12-31' })
      .thenRefused('EVALUATED_TIME_ENDS_FIRST');
    given(unopened)
      .when('OpenEvaluation', { ...opening, questions: [reach, reach] })
      .thenRefused('QUESTION_STANDS');
    given(opened).when('OpenEvaluation', opening).thenNothing();
  });
  it('takes questions under the six criteria', () => {
    given(opened).when('AddQuestion', reach).thenNothing();
    given(opened)
      .when('AddQuestion', { ...reach, criterion: 'impact' })
      .thenRefused('QUESTION_STANDS');
    const asked = opened.does('AddQuestion', { question: 'lasting', criterion: 'sustainability', asks: 'Will it last?' }, '2020-11');
    expect(factsOf(evaluation, asked.standing.at(-1)!, asked.state, opened.state)).toMatchObject([{ by: { criterion: 'sustainability' } }]);
  });
  it('takes nothing before it is opened, or of a day before that', () => {
    given(unopened).when('RecordFinding', finding).thenRefused('NO_SUCH_QUESTION');
    given(opened).when('RecordFinding', finding, '2020-09').thenRefused('GATE_CLOSED', 'opened-first', 'EVALUATION_OPENED_FIRST');
  });
});

describe('a finding', () => {
  it('answers questions and cites figures as known at an instant, and events', () =>
    given(opened)
      .when('RecordFinding', finding)
      .then({
        type: 'FindingRecorded',
        data: {
          ...{ ...finding, says: words(finding.says) },
          figures: [{ ...figure, knownAt: '2020-12-01T09:00:00.000Z', where: [] }],
        },
      }));
  it('is of questions that were asked', () =>
    given(opened)
      .when('RecordFinding', { ...finding, answers: ['cost'] })
      .thenRefused('NO_SUCH_QUESTION'));
  it('cites no version that is unknown, nothing that nobody knew yet, and each dimension once', () => {
    const citing = (more: object) => given(opened).when('RecordFinding', { ...finding, figures: [{ ...figure, ...more }] });
    citing({ version: 3 }).thenRefused('CITED_VERSION_UNKNOWN');
    citing({ knownAt: '2021-02-01T00:00:00Z' }).thenRefused('CITED_BEFORE_IT_WAS_KNOWN');
    const side = { dimension: 'side', is: 'european' };
    citing({ where: [side, side] }).thenRefused('CITED_DIMENSION_TWICE');
  });
  it('is what conclusions follow from, and those what recommendations rest on', () => {
    given(found)
      .when('DrawConclusion', { conclusion: 'c1', findings: ['f9'], says: 'x' })
      .thenRefused('NO_SUCH_FINDING');
    given(found)
      .when('MakeRecommendation', { recommendation: 'r1', conclusions: ['c1'], says: 'x' })
      .thenRefused('NO_SUCH_CONCLUSION');
    given(recommended)
      .when('Correct', { retract: [{ revision: 1 }], ...because })
      .thenNeededBy('ConclusionDrawn', 'NO_SUCH_FINDING');
  });
});

describe('the management', () => {
  it('answers a recommendation once, with what it will do by when', () => {
    given(recommended)
      .when('AnswerRecommendation', response)
      .then({
        type: 'RecommendationAnswered',
        data: { ...response, says: words('Gladly'), actions: [{ ...promise, says: words('A second phase') }] },
      });
    given(answered).when('AnswerRecommendation', response).thenNothing();
    given(answered)
      .when('AnswerRecommendation', { ...response, response: 'partly' })
      .thenRefused('RECOMMENDATION_ANSWERED_OTHERWISE');
    given(recommended)
      .when('AnswerRecommendation', { ...response, recommendation: 'r9' })
      .thenRefused('NO_SUCH_RECOMMENDATION');
    given(recommended)
      .when('AnswerRecommendation', { ...response, response: 'rejected' })
      .thenRefused('REJECTED_WITH_ACTIONS');
    given(recommended)
      .when('AnswerRecommendation', { ...response, actions: [promise, promise] })
      .thenRefused('RESPONSE_ACTION_TWICE');
  });
  it('says what was done of it, also after the close', () => {
    const done = { recommendation: 'r1', action: 'renew' };
    given(closed).when('CompleteResponseAction', done).then({ type: 'ResponseActionDone', data: done });
    given(closed.does('CompleteResponseAction', done))
      .when('CompleteResponseAction', done, '2020')
      .thenRefused('RESPONSE_ACTION_DONE_OTHERWISE');
    given(closed)
      .when('CompleteResponseAction', { ...done, action: 'stop' })
      .thenRefused('NO_SUCH_RESPONSE_ACTION');
  });
});

describe('the close of an evaluation', () => {
  it('waits for an answer to every recommendation, unless an authority waives it', () => {
    given(recommended)
      .when('CloseEvaluation', {}, '2020-12-31')
      .thenRefused('GATE_CLOSED', 'answered-before-close', 'RECOMMENDATION_UNANSWERED');
    given(recommended.does('WaiveGate', { gate: 'answered-before-close', scope: 'next-fact', ...because }))
      .when('CloseEvaluation', {}, '2020-12-31')
      .then({ type: 'EvaluationClosed', data: {} });
    given(answered).when('CloseEvaluation', {}, '2020-12-31').then({ type: 'EvaluationClosed', data: {} });
    given(closed).when('CloseEvaluation', {}).thenNothing();
  });
  it('ends its findings, but not those of days before it that are recorded late', () => {
    const another = { ...finding, finding: 'f2' };
    given(closed).when('RecordFinding', another, '2021-01-01').thenRefused('GATE_CLOSED', 'before-the-close', 'EVALUATION_CLOSED_BY_THEN');
    expect(closed.tries('RecordFinding', another, '2020-12')).toHaveLength(1);
  });
});
