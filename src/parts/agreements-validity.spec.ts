import { given, type Story } from '../../test/given';
import { agreementConcluded, agreementDrafted, because, completed, secondMissionHeld, signatories } from '../../test/states';
import { dueOf, factsOf } from '../kernel/lifecycle';
import { pairing } from '../lifecycles/pairing';

type Told = Story<typeof pairing.parts>;
const agreement = 'cooperation';
const draft = { agreement, kind: 'cooperation', signatories, languages: ['es'], validUntil: '2020-10-31' } as const;
const drafted = secondMissionHeld.does('DraftAgreement', draft, '2018-09-01');
/** Concluded on 2018-10-12, valid until 2020-10-31. */
const concluded = ['malaga', 'cartagena'].reduce(
  (story, party) => story.does('SignAgreement', { agreement, party, language: 'es' }, '2018-10-12'),
  drafted,
);
const renewed = concluded.does('RenewAgreement', { agreement, validUntil: '2020-12-31' }, '2020-10-01');
const expired = concluded.does('ExpireAgreement', { agreement }, '2020-10-31');
const terminated = concluded.does('TerminateAgreement', { agreement, reason: 'Other aims' }, '2019-02');
const now = ({ state }: Told) => state.agreements[agreement]!;
const facts = (story: Told, before: Told) =>
  factsOf(pairing, story.standing.at(-1)!, story.state, before.state).map(({ measure, quantity }) => `${measure} ${quantity}`);

describe('an agreement drafted for a time', () => {
  it('says its last day', () => {
    given(secondMissionHeld)
      .when('DraftAgreement', draft, '2018-09-01')
      .then({ type: 'AgreementDrafted', data: { ...draft, signatories, languages: ['es'] } });
    expect(now(concluded)).toMatchObject({ is: 'concluded', validUntil: '2020-10-31' });
  });
  it('is done once, with that day', () => {
    given(renewed).when('DraftAgreement', draft).thenNothing();
    given(agreementDrafted).when('DraftAgreement', draft).thenRefused('AGREEMENT_ALREADY_DRAFTED');
  });
});

it('an agreement is concluded while it would be valid', () => {
  const short = secondMissionHeld
    .does('DraftAgreement', { ...draft, validUntil: '2018-10-11' }, '2018-09-01')
    .does('SignAgreement', { agreement, party: 'malaga', language: 'es' }, '2018-10-01');
  const sign = (on: string) => given(short).when('SignAgreement', { agreement, party: 'cartagena', language: 'es' }, on);
  sign('2018-10-12').thenRefused('CONCLUDED_TOO_LATE');
  expect(short.tries('SignAgreement', { agreement, party: 'cartagena', language: 'es' }, '2018-10-11')).toHaveLength(2);
});

describe('renewing an agreement', () => {
  const renew = (story: Told, validUntil: string, on: string) => given(story).when('RenewAgreement', { agreement, validUntil }, on);
  const event = (validUntil: string) => ({ type: 'AgreementRenewed', data: { agreement, validUntil } }) as const;
  it('says its new last day', () => {
    renew(concluded, '2020-12-31', '2020-10-01').then(event('2020-12-31'));
    expect(now(renewed)).toMatchObject({ is: 'concluded', validUntil: '2020-12-31' });
  });
  it('is done once', () => renew(renewed, '2020-12-31', '2020-10-01').thenNothing());
  it('makes it longer', () => {
    renew(concluded, '2020-10-31', '2020-10-01').thenRefused('RENEWAL_NOT_LONGER');
    renew(renewed, '2020-12-30', '2020-11-01').thenRefused('RENEWAL_NOT_LONGER');
    renew(agreementConcluded, '2019-01-01', '2019-02-01').thenRefused('RENEWAL_NOT_LONGER');
    renew(agreementConcluded, '2019-03-01', '2019-02-01').then(event('2019-03-01'));
  });
  it('follows the conclusion', () => {
    renew(drafted, '2021-01-01', '2018-09-02').thenRefused('AGREEMENT_NOT_OPEN');
    renew(concluded, '2021-01-01', '2018-10-11').thenRefused('NOT_YET_CONCLUDED');
    expect(concluded.tries('RenewAgreement', { agreement, validUntil: '2021-01-01' }, '2018-10')).toHaveLength(1);
    given(secondMissionHeld).when('RenewAgreement', { agreement, validUntil: '2021-01-01' }).thenRefused('NO_SUCH_AGREEMENT');
  });
  it('recorded late is compared with what was known of its day, and leaves the latest as it is', () => {
    const late = renewed.does('RenewAgreement', { agreement, validUntil: '2020-11-30' }, '2019-06');
    expect(now(late)).toMatchObject({ validUntil: '2020-12-31', renewals: [{ on: '2020-10-01' }, { on: '2019-06' }] });
  });
  it('is refused from the day on which it was terminated, not before', () => {
    renew(terminated, '2021-01-01', '2019-03').thenRefused('AGREEMENT_NOT_OPEN');
    expect(now(terminated.does('RenewAgreement', { agreement, validUntil: '2021-01-01' }, '2019-01')).is).toBe('terminated');
  });
  it('brings an expired agreement back into force', () => {
    const again = expired.does('RenewAgreement', { agreement, validUntil: '2021-12-31' }, '2020-12-01');
    expect(now(again)).toMatchObject({ is: 'concluded', validUntil: '2021-12-31' });
  });
  it('is refused where it would have prevented the expiry: that is to be taken back first', () => {
    for (const on of ['2020-10-31', '2020-10-30', '2019-06']) renew(expired, '2021-12-31', on).thenRefused('EXPIRED_BEFORE_RENEWAL');
    renew(expired, '2021-12-31', '2020').then(event('2021-12-31'));
    const back = expired.does('Correct', { retract: [{ revision: expired.history.length - 1 }], ...because });
    renew(back, '2021-12-31', '2020-10-30').then(event('2021-12-31'));
  });
});

describe('an expiry that a timer recorded', () => {
  const timed = concluded
    .in({ roles: ['service'] })
    .does('ExpireAgreement', { agreement }, '2020-10-31')
    .in({ roles: ['programme-officer'] });
  const renewal = { agreement, validUntil: '2021-12-31' };
  it('is due on the last day, as long as the agreement is in force', () => {
    const due = (story: Told) => dueOf(pairing, story.state);
    expect(due(concluded)).toEqual([{ on: '2020-10-31', name: 'ExpireAgreement', body: { agreement } }]);
    expect(due(renewed)).toMatchObject([{ on: '2020-12-31' }]);
    for (const story of [drafted, timed, terminated, agreementConcluded]) expect(due(story)).toEqual([]);
  });
  it('gives way to a renewal recorded late that precludes it, in the same append', () => {
    const late = timed.does('RenewAgreement', renewal, '2020-10-30');
    expect(late.history.slice(-2)).toMatchObject([
      { type: 'FactRetracted', data: { revision: timed.history.length - 1, type: 'AgreementExpired', precluded: true } },
      { type: 'AgreementRenewed', data: renewal },
    ]);
    expect(now(late)).toMatchObject({ is: 'concluded', validUntil: '2021-12-31' });
    expect(late.unsupported).toEqual([]);
    given(late).when('RenewAgreement', renewal, '2020-10-30').thenNothing();
  });
  it('stays where the renewal came after it', () => {
    const again = timed.does('RenewAgreement', renewal, '2020-12-01');
    expect(again.standing.map(({ type }) => type).slice(-2)).toEqual(['AgreementExpired', 'AgreementRenewed']);
  });
  it('stands again when the renewal was a mistake, together with what took it back', () => {
    const late = timed.does('RenewAgreement', renewal, '2020-10-30');
    const undone = late.does('Correct', { retract: [{ revision: late.history.length - 1 }], ...because });
    expect(now(undone).is).toBe('expired');
  });
  it('stays when the renewal is refused', () =>
    given(timed).when('RenewAgreement', { agreement, validUntil: '2020-10-31' }, '2020-10-30').thenRefused('RENEWAL_NOT_LONGER'));
});

describe('the expiry of an agreement', () => {
  const expire = (story: Told, on: string) => given(story).when('ExpireAgreement', { agreement }, on);
  it('comes on its last day or later', () => {
    expire(concluded, '2020-10-30').thenRefused('STILL_VALID');
    expire(concluded, '2020-10-31').then({ type: 'AgreementExpired', data: { agreement } });
    expire(concluded, '2020-10').then({ type: 'AgreementExpired', data: { agreement } });
    expect(now(expired).is).toBe('expired');
  });
  it('is recorded once', () => {
    expire(expired, '2020-10-31').thenNothing();
    expire(expired, '2020-11-01').thenRefused('AGREEMENT_NOT_OPEN');
  });
  it('is precluded by a renewal', () => {
    expire(renewed, '2020-10-31').thenRefused('STILL_VALID');
    expire(renewed, '2020-12-31').then({ type: 'AgreementExpired', data: { agreement } });
  });
  it('is refused for a draft, for one that was terminated, and for one without a last day', () => {
    expire(drafted, '2020-10-31').thenRefused('AGREEMENT_NOT_OPEN');
    expire(terminated, '2020-10-31').thenRefused('AGREEMENT_NOT_OPEN');
    expire(agreementConcluded, '2020-10-31').thenRefused('NO_END_OF_VALIDITY');
  });
  it('may be recorded after a later renewal, and leaves the agreement in force', () => {
    const afterwards = concluded.does('RenewAgreement', { agreement, validUntil: '2021-12-31' }, '2020-12-01');
    const late = afterwards.does('ExpireAgreement', { agreement }, '2020-10-31');
    expect(now(late).is).toBe('concluded');
    expect(facts(late, afterwards)).toEqual([]);
  });
  it('leaves room for what is recorded late of the time before', () => {
    const amend = (on: string) => given(expired).when('AmendAgreement', { agreement, amendment: 'first', subject: 'A third city' }, on);
    amend('2020-11-01').thenRefused('AGREEMENT_NOT_OPEN');
    expect(expired.tries('AmendAgreement', { agreement, amendment: 'first', subject: 'A third city' }, '2020-10-31')).toHaveLength(1);
  });
  it('is recorded by officers, or by a service at its time', () =>
    expect(pairing.parts.agreements.commands.ExpireAgreement.by).toEqual(['programme-officer', 'admin', 'service']));
  it('does not undo the completion of a pairing', () => expect(expired.tries('CompletePairing', {}, '2019-02-28')).toHaveLength(1));
});

describe('what counts as in force', () => {
  it('ends with the expiry and begins again with a renewal after it', () => {
    expect(facts(expired, concluded)).toEqual(['agreements-in-force -1']);
    const again = expired.does('RenewAgreement', { agreement, validUntil: '2021-12-31' }, '2020-12-01');
    expect(facts(again, expired)).toEqual(['agreements-renewed 1', 'agreements-in-force 1']);
    expect(facts(renewed, concluded)).toEqual(['agreements-renewed 1']);
  });
  it('may change after the end of the pairing', () => {
    const after = completed
      .does('RenewAgreement', { agreement, validUntil: '2020-03-31' }, '2019-06-01')
      .does('ExpireAgreement', { agreement }, '2020-03-31');
    expect(after.unsupported).toEqual([]);
    expect(now(after).is).toBe('expired');
  });
});
