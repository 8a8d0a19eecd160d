import { story, type Story, words } from '../../test/given';
import { completed, formed, kickedOff, planHalfApproved, world, agreementConcluded, agreementDrafted, actions } from '../../test/states';
import { rulesOf2017 } from '../../test/rules';
import { type AnyLifecycle, deadlinesOf, hasDeadlines } from '../kernel/lifecycle';
import { managementResponses } from '../parts/management-responses';
import { valuesInWords } from '../words/dictionary';
import { lifecycles } from './all';
import { call } from './call';
import { pairing } from './pairing';
import { pipa } from './pipa';

const book = (name: string) => (name === rulesOf2017.name ? rulesOf2017 : world.book(name));
const deadlines = <Parts>(of: AnyLifecycle, told: Story<Parts>, what?: string) =>
  deadlinesOf(of, told.state as never, book)
    .filter((each) => what === undefined || each.what === what)
    .map(({ key, on, met }) => [key, on, ...(met === undefined ? [] : [met])]);

describe('the deadlines of a pairing', () => {
  const support = (told: Story<typeof pairing.parts>) => deadlines(pairing, told, 'support-end');
  const suspended = kickedOff.does('SuspendPairing', { reason: 'Elections' }, '2018-01-10');
  it('are none before the kick-off', () => expect(deadlines(pairing, formed)).toEqual([]));
  it('have the end of the support, moved by suspensions and extensions', () => {
    expect(support(kickedOff)).toEqual([['support-end', '2019-03-11']]);
    expect(support(suspended)).toEqual([]);
    expect(support(suspended.does('ResumePairing', {}, '2018-02-09'))).toEqual([['support-end', '2019-04-10']]);
    const extended = kickedOff.does('ExtendPairing', { months: 3, decidedBy: 'secretariat', reason: 'Floods' }, '2018-11');
    expect(support(extended)).toEqual([['support-end', '2019-06-11']]);
  });
  it('have it met by the completion, and no longer after another end', () => {
    expect(support(completed)).toEqual([['support-end', '2019-03-11', '2019-02-28']]);
    expect(support(kickedOff.does('WithdrawPairing', { side: 'european', reason: 'A new mayor' }, '2018'))).toEqual([]);
  });
  it('have a plan that was returned, thirty days after each return, until it is submitted again', () => {
    const plan = (told: Story<typeof pairing.parts>) => deadlines(pairing, told, 'plan-resubmission');
    const returned = planHalfApproved.does('ReturnPlan', { version: 1, by: 'programme', reason: 'No indicators' }, '2018-04-28');
    expect(plan(planHalfApproved)).toEqual([]);
    expect(plan(returned)).toEqual([['plan-resubmission 1 2018-04-28', '2018-05-28']]);
    const again = returned.does('DraftPlan', { version: 1, actions }, '2018-05').does('SubmitPlan', { version: 1 }, '2018-05-20');
    expect(plan(again)).toEqual([['plan-resubmission 1 2018-04-28', '2018-05-28', '2018-05-20']]);
    const twice = again.does('ReturnPlan', { version: 1, by: 'programme', reason: 'Still none' }, '2018-06-01');
    expect(plan(twice)).toEqual([
      ['plan-resubmission 1 2018-04-28', '2018-05-28', '2018-05-20'],
      ['plan-resubmission 1 2018-06-01', '2018-07-01'],
    ]);
    const first = twice.history.find(({ type }) => type === 'PlanReturned')!.revision;
    const moved = { replace: [{ revision: first, occurredOn: '2018-04-29' }], authority: 'secretariat', reason: 'A slip' };
    expect(plan(twice.does('Correct', moved))).toContainEqual(['plan-resubmission 1 2018-06-01', '2018-07-01']);
    const taken = { retract: [{ revision: first }, { revision: again.history.length - 1 }, { revision: again.history.length - 2 }] };
    expect(plan(twice.does('Correct', { ...taken, authority: 'secretariat', reason: 'Never was' }))).toEqual([
      ['plan-resubmission 1 2018-06-01', '2018-07-01'],
    ]);
    expect(plan(again.does('ReturnPlan', { version: 1, by: 'programme', reason: 'Again' }, '2018-04-28')).map(([key]) => key)).toEqual([
      'plan-resubmission 1 2018-04-28',
      'plan-resubmission 1 2018-04-28.2',
    ]);
    expect(plan(twice.does('WithdrawPairing', { side: 'european', reason: 'A new mayor' }, '2018-06-10'))).toHaveLength(1);
  });
  it('have the expiry of each agreement in force that has an end', () => {
    expect(deadlines(pairing, agreementDrafted, 'agreement-expiry')).toEqual([]);
    const [named] = Object.keys(agreementConcluded.state.agreements);
    const renewed = agreementConcluded.does('RenewAgreement', { agreement: named!, validUntil: '2030-12-31' }, '2019-03');
    expect(deadlines(pairing, renewed, 'agreement-expiry')).toContainEqual([`agreement-expiry ${named}`, '2030-12-31']);
  });
});

describe('the deadline of a call', () => {
  const opening = {
    title: 'First',
    component: 'C1',
    round: 1,
    rules: rulesOf2017.name,
    deadline: '2017-09-21T23:59',
    timeZone: 'UTC',
  } as const;
  const open = story(call, { book }).does('OpenCall', opening, '2017-02');
  it('is its day as it was extended, met by closing it, and gone once it is cancelled', () => {
    expect(deadlines(call, open)).toEqual([['call-closing', '2017-09-21']]);
    const extended = open.does('ExtendDeadline', { deadline: '2017-09-30T12:00', reason: 'Asked for' }, '2017-09');
    expect(deadlines(call, extended)).toEqual([['call-closing', '2017-09-30']]);
    expect(deadlines(call, extended.does('CloseCall', {}, '2017-09-30'))).toEqual([['call-closing', '2017-09-30', '2017-09-30']]);
    expect(deadlines(call, extended.does('CancelCall', { reason: 'No money' }, '2017-09-30'))).toEqual([]);
  });
});

describe('the other deadlines', () => {
  it('are annual reports, met by filing them', () => {
    const due = story(pipa, { book })
      .does('RegisterPipa', { name: 'Iberescena', kind: 'programme' }, '2006')
      .does('SetAnnualReportDeadline', { year: 2018, dueOn: '2019-03-31' }, '2018-12');
    expect(deadlines(pipa, due)).toEqual([['annual-report 2018', '2019-03-31']]);
    const filed = due.does('FileAnnualReport', { year: 2018 }, '2019-04');
    expect(deadlines(pipa, filed)).toEqual([['annual-report 2018', '2019-03-31', '2019-04-01']]);
  });
  it('are what a management promised, each met when it is done', () => {
    const promised = [
      { action: 'a', says: words('A'), deadline: '2021-06-30' },
      { action: 'b', says: words('B'), deadline: '2021-12-31' },
    ];
    const answered = { recommendation: 'r', response: 'accepted', says: words('Yes'), actions: promised } as const;
    const responses = { r: { answered: { ...answered, actions: [...promised] }, on: '2020-12', done: { a: { on: '2021-05' } } } };
    expect(managementResponses.deadlines!(responses, { recommendations: {} }, undefined)).toMatchObject([
      { key: 'response-action r/a', on: '2021-06-30', met: '2021-05-01' },
      { key: 'response-action r/b', on: '2021-12-31' },
    ]);
  });
  it('are called by words that every language has', () => {
    const told = [...deadlinesOf(pairing, completed.state, book), ...deadlinesOf(pairing, kickedOff.state, book)];
    for (const { what } of told) expect(valuesInWords).toContain(what);
    expect(
      Object.values<AnyLifecycle>(lifecycles)
        .filter(hasDeadlines)
        .map(({ name }) => name),
    ).toEqual(['call', 'pairing', 'pipa', 'evaluation']);
  });
});
