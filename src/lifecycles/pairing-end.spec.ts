import { given, type Story, words } from '../../test/given';
import {
  agreementConcluded,
  because,
  completed,
  formed,
  kickedOff,
  missionHeld,
  missionPlanned,
  pilotDesigned,
  planApproved,
  signatories,
  signedByOne,
} from '../../test/states';
import type { pairing } from './pairing';

const payment = { pilot: 'fountains', payment: 'first', funder: 'programme', amountMinor: 1, currency: 'EUR' } as const;
type Told = Story<typeof pairing.parts>;
const elections = { side: 'european', reason: 'Elections' } as const;
const withdrawn = { type: 'PairingWithdrawn', data: { ...elections, reason: words(elections.reason) } } as const;

const openingConcluded = formed
  .does('DraftAgreement', { agreement: 'opening', kind: 'opening', signatories, languages: ['es'] }, '2017-07-01')
  .does('SignAgreement', { agreement: 'opening', party: 'malaga', language: 'es' }, '2017-07-02')
  .does('SignAgreement', { agreement: 'opening', party: 'cartagena', language: 'es' }, '2017-07-03');
const drivenOn = openingConcluded
  .does('KickOff', {}, '2017-09-11')
  .does('PlanMission', { mission: 1, visitor: 'european', from: '2018-02', to: '2018-02' }, '2017-11-05')
  .does('HoldMission', { mission: 1, from: '2018-02-10', to: '2018-02-14', place: 'Cartagena de Indias', delegates: 5 }, '2018-02-14');

describe('a pairing does not end before the day on which it is known', () => {
  it.each<readonly [what: string, story: Told, tooEarly: string, from: string]>([
    ['to have been formed', formed, '2017-06-19', '2017-06-20'],
    ['to have been kicked off', kickedOff, '2017-09-10', '2017-09-11'],
    ['to have begun a mission', missionHeld, '2018-02-09', '2018-02-10'],
    ['to have approved its plan', planApproved, '2018-05-01', '2018-05-02'],
    ['to have designed a pilot', pilotDesigned, '2018-05-29', '2018-05-30'],
    ['to have started a pilot', pilotDesigned.does('StartPilot', { pilot: 'fountains' }, '2018-06-05'), '2018-06-04', '2018-06-05'],
    ['to have paid for a pilot', pilotDesigned.does('FundPilot', payment, '2018-06-05'), '2018-06-04', '2018-06-05'],
    ['to have signed an agreement', signedByOne, '2018-09-30', '2018-10-01'],
    ['to have concluded an agreement, an opening one too', openingConcluded, '2017-07-02', '2017-07-03'],
  ])('%s', (_, story, tooEarly, from) => {
    given(story).when('WithdrawPairing', elections, tooEarly).thenRefused('GATE_CLOSED', 'end-after-the-rest', 'NOTHING_LATER');
    given(story).when('WithdrawPairing', elections, from).then(withdrawn);
  });
  it.each([
    ['CompletePairing', {}],
    ['WithdrawPairing', elections],
    ['TerminatePairing', { decidedBy: 'secretariat', reason: 'Silence' }],
    ['EndWithoutAgreement', { reason: 'Out of time' }],
  ] as const)('however it ends: %s', (command, body) =>
    given(agreementConcluded).when(command, body, '2018-10-11').thenRefused('GATE_CLOSED', 'end-after-the-rest', 'NOTHING_LATER'),
  );
  it('is told the latest of these days, in whatever order they were recorded', () =>
    expect(() => drivenOn.does('WithdrawPairing', elections, '2017-06-30')).toThrow(
      expect.objectContaining({
        detail: { gates: [{ gate: 'end-after-the-rest', missing: [{ code: 'NOTHING_LATER', values: { latest: '2018-02-10' } }] }] },
      }) as Error,
    ));
  it('but may end before a mission that is only planned', () =>
    given(missionPlanned).when('WithdrawPairing', elections, '2018-01').then(withdrawn));
});

describe('an agreement that is concluded late', () => {
  const sign = { agreement: 'cooperation', party: 'cartagena', language: 'es' };
  const signedOn = (occurredOn: string) =>
    signedByOne.does('Correct', { replace: [{ revision: signedByOne.history.length - 1, occurredOn }], ...because });
  it('was not concluded after the end of its pairing by a signature that was recorded before that', () => {
    given(signedOn('2018-12-10'))
      .when('WithdrawPairing', elections, '2018-12-05')
      .thenRefused('GATE_CLOSED', 'end-after-the-rest', 'NOTHING_LATER');
    const ended = signedByOne.does('WithdrawPairing', elections, '2018-12-05');
    expect(ended.tries('SignAgreement', sign, '2018-12-01')).toHaveLength(2);
    given(ended)
      .when('Correct', { replace: [{ revision: signedByOne.history.length - 1, occurredOn: '2018-12-10' }], ...because })
      .thenNeededBy('PairingWithdrawn', 'NOTHING_LATER');
  });
});

describe('after the end of a pairing', () => {
  const piloting = pilotDesigned.does('StartPilot', { pilot: 'fountains' }, '2018-06');
  const ended = piloting.does('WithdrawPairing', elections, '2018-12');
  const afterwards = '2019-01';

  it('a mission’s results are published', () =>
    expect(ended.tries('ReportMission', { mission: 1, outputs: 'Twelve pages' }, afterwards)).toHaveLength(1));
  it('a pilot is completed or abandoned, but no other is designed', () => {
    expect(ended.tries('CompletePilot', { pilot: 'fountains' }, afterwards)).toHaveLength(1);
    expect(ended.tries('AbandonPilot', { pilot: 'fountains', reason: 'Leaks' }, afterwards)).toHaveLength(1);
    given(ended)
      .when('DesignPilot', { pilot: 'ways', action: 'old-town', title: 'Ways' }, afterwards)
      .thenRefused('GATE_CLOSED', 'before-the-end', 'BEFORE_THE_END');
  });
  it('its agreement is amended or terminated', () => {
    const amendment = { agreement: 'cooperation', amendment: 'first', subject: 'A third city' };
    expect(completed.tries('AmendAgreement', amendment, '2019-04')).toHaveLength(1);
    expect(completed.tries('TerminateAgreement', { agreement: 'cooperation', reason: 'New mayors' }, '2019-04')).toHaveLength(1);
  });
  it('an actor leaves, but none joins', () => {
    const actor = { actor: 'university', sector: 'academia', side: 'european' } as const;
    const engaged = piloting.does('EngageActor', actor, '2018-07').does('WithdrawPairing', elections, '2018-12');
    expect(engaged.tries('ReleaseActor', { actor: 'university' }, afterwards)).toHaveLength(1);
    given(ended).when('EngageActor', actor, afterwards).thenRefused('GATE_CLOSED', 'before-the-end', 'BEFORE_THE_END');
  });
  it('nobody waives for its forming what its forming was never asked', () =>
    given(ended)
      .when('WaiveGate', { gate: 'before-the-end', scope: 'fact', revision: 0, authority: 'secretariat', reason: 'Typed wrongly' })
      .thenRefused('GATE_NEVER_ASKED'));
});
