import {
  actions,
  agreementConcluded,
  agreementDrafted,
  because,
  completed,
  formed,
  kickedOff,
  missionHeld,
  missionPlanned,
  pilotDesigned,
  planApproved,
  planDrafted,
  planHalfApproved,
  signedByOne,
  unformed,
} from '../../test/states';
import { lifecycle } from '../kernel/lifecycle';
import { pairing } from './pairing';

type Told = typeof formed;
const asked = (story: Told, name: string, on: string) => story.next(on).filter((each) => each.name === name);
const can = (story: Told, name: string, on: string) =>
  asked(story, name, on).flatMap(({ shut, known }) => (shut.length === 0 ? [known] : []));
/** What each closed gate misses, by gate. */
const waits = (story: Told, name: string, on: string) =>
  asked(story, name, on).flatMap(({ shut }) => shut.map(({ gate, missing }) => [gate, ...missing.map(({ code }) => code)]));

describe('what can be done now with a pairing', () => {
  it('is to form it, of applications that are still to be chosen, while it is not there; nothing waits for that', () => {
    expect(unformed.next('2017-06-20')).toMatchObject([
      { name: 'FormPairing', known: {}, required: ['applications'], optional: [], chosen: ['application'], shut: [] },
    ]);
    expect(asked(formed, 'FormPairing', '2017-06-21')).toEqual([]);
  });

  it('is nothing that is impossible, or stands already', () => {
    expect(can(formed, 'KickOff', '2017-09-11')).toEqual([{}]);
    expect(asked(kickedOff, 'KickOff', '2017-09-11')).toEqual([]);
    expect(asked(kickedOff, 'HoldMission', '2018-02-14')).toEqual([]);
    expect(asked(kickedOff, 'ResumePairing', '2018-02-14')).toEqual([]);
  });

  it('names the mission that was planned, with its days, and asks for it on them', () => {
    expect(asked(missionPlanned, 'HoldMission', '2018-01-05')).toMatchObject([
      {
        known: { mission: 1, from: '2018-02-10', to: '2018-02-14' },
        on: '2018-02-14',
        required: ['place', 'delegates'],
        shut: [],
      },
    ]);
    const before = missionPlanned.in({ now: '2018-01-05T12:00:00.000Z' });
    expect(waits(before, 'HoldMission', '2018-01-05')).toEqual([['not-in-the-future', 'ITS_DAY_TO_COME']]);
    expect(can(missionHeld, 'ReportMission', '2018-03')).toEqual([{ mission: 1 }]);
    expect(can(missionHeld, 'RecordDelegation', '2018-03')).toEqual([{ mission: 1 }]);
  });

  it('is a mission by the side whose turn it is, while the other waits', () => {
    expect(can(kickedOff, 'PlanMission', '2017-11-05')).toEqual([{ mission: 1, visitor: 'european' }]);
    expect(waits(kickedOff, 'PlanMission', '2017-11-05')).toEqual([['first-visitor', 'FIRST_VISITOR']]);
    expect(can(missionHeld, 'PlanMission', '2018-03')).toEqual([
      { mission: 2, visitor: 'european' },
      { mission: 2, visitor: 'latin-american' },
    ]);
  });

  it('is the plan step by step, by each side that has not approved it', () => {
    expect(can(missionHeld, 'DraftPlan', '2018-03-20')).toEqual([{ version: 1 }]);
    expect(can(planDrafted, 'SubmitPlan', '2018-04-10')).toEqual([{ version: 1 }]);
    expect(waits(kickedOff.does('DraftPlan', { version: 1, actions }, '2017-10'), 'SubmitPlan', '2017-11')).toEqual([
      ['mission-before-plan', 'MISSION_HELD'],
    ]);
    expect(can(planHalfApproved, 'ApprovePlan', '2018-05-02')).toEqual([{ version: 1, side: 'latin-american' }]);
    expect(can(planApproved, 'AmendPlan', '2018-05-03')).toEqual([{ version: 2 }]);
  });

  it('is a pilot for each action of the approved plan, and waits for one before', () => {
    expect(can(planApproved, 'DesignPilot', '2018-05-30')).toEqual([{ action: 'old-town' }, { action: 'reuse-of-water' }]);
    expect(waits(missionHeld, 'DesignPilot', '2018-03')).toEqual([['pilot-implements-plan', 'APPROVED_PLAN']]);
    expect(can(pilotDesigned, 'StartPilot', '2018-06-30')).toEqual([{ pilot: 'fountains' }]);
    expect(asked(pilotDesigned, 'CompletePilot', '2018-06-30')).toEqual([]);
  });

  it('is each signature that is missing, the last of which waits for the work', () => {
    const to = (party: string) => ({ agreement: 'cooperation', party, language: 'es' });
    expect(can(agreementDrafted, 'SignAgreement', '2018-10-01')).toEqual([to('malaga'), to('cartagena')]);
    expect(can(signedByOne, 'SignAgreement', '2018-10-12')).toEqual([to('cartagena')]);
    const early = missionHeld
      .does(
        'DraftAgreement',
        { agreement: 'cooperation', kind: 'cooperation', signatories: [{ party: 'malaga' }, { party: 'cartagena' }], languages: ['es'] },
        '2018-03',
      )
      .does('SignAgreement', to('malaga'), '2018-03');
    expect(waits(early, 'SignAgreement', '2018-04')).toEqual([
      ['work-before-agreement', 'MISSIONS_HELD', 'APPROVED_PLAN', 'PILOT_DESIGNED'],
    ]);
    expect(can(agreementConcluded, 'CompletePairing', '2019-02-28')).toEqual([{}]);
  });

  it('is asked for a date: what happened before the end is open, what would come after it waits', () => {
    expect(can(completed, 'AgreeTheme', '2018-03')).toEqual([{}]);
    expect(waits(completed, 'AgreeTheme', '2020-03')).toEqual([['before-the-end', 'BEFORE_THE_END']]);
  });

  it('passes by a waiver in force, and names the gate', () => {
    const drafted = kickedOff.does('DraftPlan', { version: 1, actions }, '2017-10');
    const waived = drafted.does('WaiveGate', { gate: 'mission-before-plan', scope: 'next-fact', ...because }, '2017-10-02');
    expect(asked(waived, 'SubmitPlan', '2017-11')).toMatchObject([{ shut: [], waived: ['mission-before-plan'] }]);
  });

  it('knows of what is chosen elsewhere only the gates that look at no data, and honours their waivers too', () => {
    const shut = { rule: '', source: '', guardsAllBut: [], missing: () => [{ code: 'CLOSED', values: {} }] };
    const closed = unformed.as(lifecycle('pairing', pairing.parts, { ...pairing, gates: { shut }, seen: () => ({ phase: 'absent' }) }));
    expect(waits(closed, 'FormPairing', '2017-06-20')).toEqual([['shut', 'CLOSED']]);
    const waived = closed.does('WaiveGate', { gate: 'shut', scope: 'rest', ...because }, '2017-06-20');
    expect(asked(waived, 'FormPairing', '2017-06-21')).toMatchObject([{ shut: [], waived: ['shut'] }]);
  });
});
