import { documentOf, given, story, words } from '../../test/given';
import { because } from '../../test/states';
import { pipa } from '../lifecycles/pipa';
import { standingFacts } from '../monitoring/standing-facts';
import { contributed } from './pipa-contributions';
import { lateOn, standingOf } from './pipa-reports';

const document = documentOf('es');
const registered = story(pipa, { book: () => undefined, id: 'iberescena', documents: [document] }).does(
  'RegisterPipa',
  { name: 'Iberescena', kind: 'programme' },
  '2006',
);
const facts = (told: typeof registered, measure: string) =>
  standingFacts(pipa, 'pipa-iberescena', told.history, () => undefined)
    .filter((fact) => fact.measure === measure)
    .map(({ quantity, dimensions: { kind, ...by } }) => ({ quantity, ...by, kind }));

describe('the annual operating plan', () => {
  const year = 2018;
  const proposed = registered.does('ProposeOperatingPlan', { year, by: 'technical-unit' }, '2017-11');
  const returned = proposed.does('ReturnOperatingPlan', { year, reason: 'Too many calls' }, '2017-12-05');

  it('is proposed by the Presidency or the Technical Unit, and approved', () => {
    given(registered)
      .when('ProposeOperatingPlan', { year, by: 'presidency', document: document.digest }, '2017-11')
      .then({ type: 'OperatingPlanProposed', data: { year, by: 'presidency', document } });
    given(proposed).when('ApproveOperatingPlan', { year }, '2017-12').then({ type: 'OperatingPlanApproved', data: { year } });
    const approved = proposed.does('ApproveOperatingPlan', { year }, '2017-12');
    expect(facts(approved, 'operating-plans-approved')).toEqual([{ quantity: 1, year: '2018', kind: 'programme', pipa: 'iberescena' }]);
    given(approved).when('ApproveOperatingPlan', { year }, '2017-12').thenNothing();
    given(approved).when('ApproveOperatingPlan', { year }, '2018').thenRefused('OPERATING_PLAN_APPROVED');
    given(approved).when('ProposeOperatingPlan', { year }, '2018').thenRefused('OPERATING_PLAN_APPROVED');
    given(approved).when('ReturnOperatingPlan', { year, reason: 'Late' }, '2018').thenRefused('OPERATING_PLAN_APPROVED');
  });
  it('is returned as often as need be, each time for a reason that is kept', () => {
    given(returned).when('ApproveOperatingPlan', { year }, '2017-12-06').thenRefused('OPERATING_PLAN_RETURNED');
    given(returned).when('ReturnOperatingPlan', { year, reason: 'Again' }, '2017-12-06').thenRefused('OPERATING_PLAN_NOT_PROPOSED');
    const again = returned
      .does('ProposeOperatingPlan', { year }, '2017-12-08')
      .does('ReturnOperatingPlan', { year, reason: 'Too dear' }, '2017-12-10')
      .does('ProposeOperatingPlan', { year }, '2017-12-12')
      .does('ApproveOperatingPlan', { year }, '2017-12-20');
    expect(again.state.plans[year]).toMatchObject({
      is: 'approved',
      returns: [{ reason: words('Too many calls') }, { reason: words('Too dear') }],
    });
    expect(facts(again, 'operating-plans-returned')).toHaveLength(2);
  });
  it('is decided on after it was proposed, and proposed anew only once it was returned', () => {
    given(proposed).when('ApproveOperatingPlan', { year }, '2017-10').thenRefused('OPERATING_PLAN_TOO_EARLY');
    given(proposed).when('ProposeOperatingPlan', { year }, '2017-12').thenRefused('OPERATING_PLAN_PROPOSED');
    given(registered).when('ReturnOperatingPlan', { year, reason: 'Which?' }, '2017-12').thenRefused('OPERATING_PLAN_NOT_PROPOSED');
  });
  it('may be known only by its approval', () =>
    given(registered).when('ApproveOperatingPlan', { year }, '2018').then({ type: 'OperatingPlanApproved', data: { year } }));
  it('keeps its return while that was followed by another proposal', () =>
    given(returned.does('ProposeOperatingPlan', { year }, '2017-12-08'))
      .when('Correct', { retract: [{ revision: returned.history.length - 1 }], ...because })
      .thenNeededBy('OperatingPlanProposed', 'OPERATING_PLAN_PROPOSED'));
});

describe('the annual report', () => {
  const year = 2017;
  const due = registered.does('SetAnnualReportDeadline', { year, dueOn: '2018-03-31' }, '2017-12');
  it('is due by a day, and late from the day after until it is filed', () => {
    expect(['2018-03-31', '2018-04-01'].map((day) => standingOf(due.state.reports[year]!, day))).toEqual(['due', 'late']);
    expect(lateOn(due.state.reports, '2018-04-01')).toEqual([year]);
    const filed = due.does('FileAnnualReport', { year, document: document.digest }, '2018-05-10');
    expect(filed.standing.at(-1)!.data).toEqual({ year, document });
    expect(['2018-04-30', '2018-05-10'].map((day) => standingOf(filed.state.reports[year]!, day))).toEqual(['late', 'filed-late']);
    expect(lateOn(filed.state.reports, '2018-06-01')).toEqual([]);
    expect(facts(filed, 'annual-reports-filed')).toEqual([
      { quantity: 1, year: '2017', filed: 'late', kind: 'programme', pipa: 'iberescena' },
    ]);
  });
  it('filed in a month that may be in time is not called late', () => {
    const filed = due.does('FileAnnualReport', { year }, '2018');
    expect(standingOf(filed.state.reports[year]!, '2018-12-31')).toBe('filed');
    expect(facts(filed, 'annual-reports-filed')).toMatchObject([{ filed: 'in-time' }]);
  });
  it('counts as late also where its deadline was recorded after it', () => {
    const filed = registered.does('FileAnnualReport', { year }, '2018-05-10');
    expect(standingOf(filed.state.reports[year]!, '2018-06-01')).toBe('filed');
    const late = filed.does('SetAnnualReportDeadline', { year, dueOn: '2018-03-31' }, '2017-12');
    expect(facts(late, 'annual-reports-filed')).toMatchObject([
      { filed: 'without-deadline', quantity: 1 },
      { filed: 'without-deadline', quantity: -1 },
      { filed: 'late', quantity: 1 },
    ]);
  });
  it('is filed once, and not before its year', () => {
    const filed = due.does('FileAnnualReport', { year }, '2018-02');
    given(filed).when('FileAnnualReport', { year }, '2018-02').thenNothing();
    given(filed).when('FileAnnualReport', { year }, '2018-03').thenRefused('ANNUAL_REPORT_FILED_OTHERWISE');
    given(due).when('FileAnnualReport', { year }, '2016-12').thenRefused('ANNUAL_REPORT_BEFORE_ITS_YEAR');
    given(due).when('SetAnnualReportDeadline', { year, dueOn: '2018-03-31' }, '2017-12').thenNothing();
  });
});

describe('a contribution', () => {
  const euros = { contribution: 'es-2018', country: 'ES', amountMinor: 15_000_000, currency: 'EUR', year: 2018 } as const;
  const dollars = { contribution: 'mx-2018', country: 'MX', amountMinor: 6_000_000, currency: 'USD', year: 2018 } as const;
  const both = registered.does('RecordContribution', euros, '2018').does('RecordContribution', dollars, '2018-04');

  it('is of a country or of an organisation', () => {
    given(registered).when('RecordContribution', euros, '2018').then({ type: 'ContributionRecorded', data: euros });
    const { country, ...rest } = euros;
    given(registered).when('RecordContribution', rest, '2018').thenRefused('CONTRIBUTION_OF_WHOM');
    given(registered)
      .when('RecordContribution', { ...rest, country, organisation: 'SEGIB' }, '2018')
      .thenRefused('CONTRIBUTION_OF_WHOM');
  });
  it('is summed with those of its currency alone', () => {
    const more = both.does('RecordContribution', { ...euros, contribution: 'pt-2018', country: 'PT', amountMinor: 500 }, '2018');
    expect(contributed(more.state.contributions)).toEqual({ EUR: 15_000_500, USD: 6_000_000 });
    expect(facts(both, 'pipa-contributions')).toEqual([
      { quantity: 15_000_000, country: 'ES', currency: 'EUR', year: '2018', kind: 'programme', pipa: 'iberescena' },
      { quantity: 6_000_000, country: 'MX', currency: 'USD', year: '2018', kind: 'programme', pipa: 'iberescena' },
    ]);
  });
  it('is recorded once, within what can be kept exactly', () => {
    given(both).when('RecordContribution', euros, '2018').thenNothing();
    given(both)
      .when('RecordContribution', { ...euros, amountMinor: 1 }, '2018')
      .thenRefused('CONTRIBUTION_RECORDED_OTHERWISE');
    given(both)
      .when('RecordContribution', { ...euros, contribution: 'huge', amountMinor: Number.MAX_SAFE_INTEGER }, '2018')
      .thenRefused('CONTRIBUTIONS_TOO_LARGE');
  });
});

describe('what changes', () => {
  it('is modified, with what is different as a protected text', () => {
    const modified = { modification: 'reform-2011', subject: 'Other aims' };
    given(registered)
      .when('ModifyPipa', modified, '2011')
      .then({ type: 'PipaModified', data: { modification: 'reform-2011', subject: words('Other aims') } });
    const after = registered.does('ModifyPipa', modified, '2011');
    given(after).when('ModifyPipa', modified, '2011').thenNothing();
    given(after).when('ModifyPipa', modified, '2012').thenRefused('PIPA_MODIFICATION_STANDS');
  });
  it('is extended, each time to a later end', () => {
    const extended = registered.does('ExtendPipa', { until: '2015', decidedBy: 'XXII Cumbre' }, '2012');
    expect(extended.standing.at(-1)!.data).toEqual({ until: '2015', decidedBy: 'XXII Cumbre' });
    given(extended).when('ExtendPipa', { until: '2015', decidedBy: 'XXII Cumbre' }, '2012').thenNothing();
    given(extended).when('ExtendPipa', { until: '2014' }, '2013').thenRefused('PIPA_EXTENSION_NOT_LATER');
    given(extended).when('ExtendPipa', { until: '2012' }, '2013').thenRefused('PIPA_EXTENSION_OVER');
    given(extended)
      .when('ExtendPipa', { until: '2018' }, '2015')
      .then({ type: 'PipaExtended', data: { until: '2018' } });
  });
  it('is evaluated, also after its conclusion', () => {
    const concluded = registered.does('ApprovePipa', {}, '2006').does('ConcludePipa', {}, '2015');
    const final = { evaluation: 'final', by: 'A university', document: document.digest };
    given(concluded)
      .when('EvaluatePipa', final, '2016')
      .then({ type: 'PipaEvaluated', data: { evaluation: 'final', by: 'A university', document } });
    given(concluded.does('EvaluatePipa', final, '2016'))
      .when('EvaluatePipa', final, '2017')
      .thenRefused('PIPA_EVALUATION_STANDS');
  });
});
