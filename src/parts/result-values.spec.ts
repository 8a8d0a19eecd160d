import { documentOf, given, story, words } from '../../test/given';
import { because } from '../../test/states';
import { framework } from '../lifecycles/framework';

const inAll = (text: string) => ({ en: text, es: text, pt: text });
const minutes = documentOf('es');
const indicator = {
  ...{ label: inAll('People trained'), unit: inAll('people'), level: 'output' as const, direction: 'rising' as const },
  ...{ baseline: { value: 0, on: '2016' }, periods: [{ period: 'y1', from: '2017-01-01', to: '2017-12-31', target: 100 }] },
};
const aimed = story(framework, { book: () => undefined, documents: [minutes] })
  .does('OpenFramework', { name: 'IUC results', programme: 'iuc' }, '2017')
  .does('AddResultIndicator', { ...indicator, indicator: 'trained', disaggregatedBy: ['gender'] }, '2017')
  .does('AddResultIndicator', { ...indicator, indicator: 'plans', computed: { from: 'ucaps' } }, '2017');
const value = { result: 'first', indicator: 'trained', period: 'y1', value: 60, asOf: '2017-06-30', verification: 'Lists of signatures' };
const submitted = aimed.does('SubmitResult', value, '2017-07');
const returned = submitted.does('ReturnResult', { result: 'first', reason: 'Men are missing' }, '2017-08');
const approved = returned.does('SubmitResult', { ...value, value: 80 }, '2017-09').does('ApproveResult', { result: 'first' }, '2017-10');

describe('a value of an indicator', () => {
  it('is submitted with its means of verification', () => {
    given(aimed)
      .when('SubmitResult', { ...value, documents: [minutes.digest] })
      .then({
        type: 'ResultSubmitted',
        data: { ...value, parts: [], documents: [minutes], verification: words('Lists of signatures') },
      });
    const { verification, ...unverified } = value;
    expect(verification).toBeDefined();
    given(aimed).when('SubmitResult', unverified).thenRefused('RESULT_NOT_VERIFIABLE');
  });
  it('is of an indicator, a period and a day that there are', () => {
    given(aimed)
      .when('SubmitResult', { ...value, indicator: 'trips' })
      .thenRefused('RESULT_OF_UNKNOWN_INDICATOR');
    given(aimed)
      .when('SubmitResult', { ...value, period: 'y9' })
      .thenRefused('RESULT_OF_UNKNOWN_PERIOD');
    given(aimed)
      .when('SubmitResult', { ...value, asOf: '2018-01-01' })
      .thenRefused('RESULT_OUTSIDE_PERIOD');
  });
  it('is not entered where it is computed', () =>
    given(aimed)
      .when('SubmitResult', { ...value, indicator: 'plans' })
      .thenRefused('RESULT_IS_COMPUTED'));
  it('is broken down by what the indicator says, into parts that add up to no more', () => {
    const parts = (...of: [string, string, number][]) => ({ parts: of.map(([dimension, is, value]) => ({ dimension, is, value })) });
    const submitting = (...of: [string, string, number][]) => given(aimed).when('SubmitResult', { ...value, ...parts(...of) });
    submitting(['country', 'CO', 1]).thenRefused('RESULT_NOT_DISAGGREGATED_BY');
    submitting(['gender', 'woman', 40], ['gender', 'man', 30]).thenRefused('RESULT_PARTS_EXCEED_IT');
    submitting(['gender', 'woman', 10], ['gender', 'woman', 20]).thenRefused('RESULT_PART_TWICE');
    const right = aimed.does('SubmitResult', { ...value, ...parts(['gender', 'woman', 40], ['gender', 'man', 20]) });
    expect(right.state.results['first']?.submission.parts).toHaveLength(2);
  });
  it('is returned with a reason and submitted again, and every return is kept', () => {
    const again = returned
      .does('SubmitResult', { ...value, value: 70 }, '2017-09')
      .does('ReturnResult', { result: 'first', reason: 'Still too few' }, '2017-09');
    const { is, returns } = again.state.results['first']!;
    expect([is, returns.map(({ reason, submission }) => [reason, submission.value])]).toEqual([
      'returned',
      [
        [words('Men are missing'), 60],
        [words('Still too few'), 70],
      ],
    ]);
    given(returned).when('ReturnResult', { result: 'first', reason: 'Men are missing' }).thenNothing();
    given(returned)
      .when('SubmitResult', { ...value, indicator: 'trained', period: 'y1', value: 1 })
      .then({
        type: 'ResultSubmitted',
        data: { ...value, value: 1, parts: [], documents: [], verification: words('Lists of signatures') },
      });
  });
  it('is approved as it was submitted, once', () => {
    given(submitted)
      .when('ApproveResult', { result: 'first' })
      .then({ type: 'ResultApproved', data: { result: 'first', value: 60 } });
    given(approved).when('ApproveResult', { result: 'first' }).thenNothing();
    given(aimed).when('ApproveResult', { result: 'first' }).thenRefused('RESULT_NOT_SUBMITTED');
    given(returned).when('ApproveResult', { result: 'first' }).thenRefused('RESULT_NOT_SUBMITTED');
    given(approved).when('ReturnResult', { result: 'first', reason: 'Late' }).thenRefused('RESULT_NOT_SUBMITTED');
    given(approved).when('SubmitResult', value).thenRefused('RESULT_STANDS');
  });
  it('cannot change behind its approval', () => {
    const { data, revision } = approved.standing.findLast(({ type }) => type === 'ResultSubmitted')!;
    given(approved)
      .when('Correct', { replace: [{ revision, data: { ...(data as object), value: 90 } }], ...because })
      .thenNeededBy('ResultApproved', 'RESULT_APPROVED_OTHERWISE');
  });
});

describe('the order of days', () => {
  it('is kept: a value is of no day after its submission, and answered no earlier than that', () => {
    given(aimed).when('SubmitResult', value, '2017-06-29').thenRefused('RESULT_OF_A_LATER_DAY');
    expect(aimed.tries('SubmitResult', value, '2017-06')).toHaveLength(1);
    for (const [command, body] of [
      ['ApproveResult', { result: 'first' }],
      ['ReturnResult', { result: 'first', reason: 'Men are missing' }],
    ] as const)
      given(submitted).when(command, body, '2017-06-30').thenRefused('RESULT_SUBMITTED_LATER');
  });
});
