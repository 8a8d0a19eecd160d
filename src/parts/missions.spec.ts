import { given, words } from '../../test/given';
import { because, kickedOff, mission1, missionHeld, missionPlanned } from '../../test/states';

const planned = { mission: 1, visitor: 'european', from: '2018-02-10', to: '2018-02-14' } as const;
const june = { mission: 1, from: '2018-06-02', to: '2018-06-06' };
const moved = missionPlanned.does('RescheduleMission', { ...june, reason: 'Carnival' }, '2018-01');
const virtual = missionPlanned.does('MakeMissionVirtual', { mission: 1, reason: 'Pandemic' }, '2018-01');
const cancelled = missionPlanned.does('CancelMission', { mission: 1, reason: 'Strike' }, '2018-01');
const reported = missionHeld.does('ReportMission', { mission: 1, outputs: 'Two routes walked' }, '2018-03');

describe('planning a mission', () => {
  it('says who travels, and when as far as it is known', () =>
    given(kickedOff)
      .when('PlanMission', { ...planned, from: '2018-02', to: '2018-02' })
      .then({ type: 'MissionPlanned', data: { ...planned, from: '2018-02', to: '2018-02' } }));
  it('is done once', () => given(missionPlanned).when('PlanMission', planned).thenNothing());
  it('is refused under a number that is taken, also by a cancelled mission', () => {
    given(moved).when('PlanMission', planned).thenRefused('MISSION_NOT_OPEN');
    given(missionHeld).when('PlanMission', planned).thenRefused('MISSION_NOT_OPEN');
    given(cancelled).when('PlanMission', planned).thenRefused('MISSION_NOT_OPEN');
  });
  it('is refused where the last day certainly comes before the first', () => {
    given(kickedOff)
      .when('PlanMission', { ...planned, to: '2018-01' })
      .thenRefused('MISSION_ENDS_BEFORE_IT_BEGINS');
    given(kickedOff)
      .when('PlanMission', { ...planned, to: '2018' })
      .then({ type: 'MissionPlanned', data: { ...planned, to: '2018' } });
  });
  it('is refused beyond the missions that the rule set allows; cancelled ones do not count', () => {
    const plan = (mission: number) => [{ ...planned, mission }, '2017-11'] as const;
    const three = cancelled
      .does('PlanMission', ...plan(2))
      .does('PlanMission', ...plan(3))
      .does('PlanMission', ...plan(4));
    given(three)
      .when('PlanMission', ...plan(5))
      .thenRefused('TOO_MANY_MISSIONS');
  });
  it('cannot be brought back beside a mission planned since under its number', () => {
    const replaced = missionPlanned
      .does('Correct', { retract: [{ revision: 2 }], ...because })
      .does('PlanMission', { ...planned, to: '2018-02-16' });
    given(replaced)
      .when('Correct', { retract: [{ revision: 3 }], ...because })
      .thenNeededBy('MissionPlanned', 'MISSION_NOT_OPEN');
  });
});

describe('moving a mission', () => {
  it('gives it new days and says why', () =>
    given(missionPlanned)
      .when('RescheduleMission', { ...june, reason: 'Carnival' })
      .then({ type: 'MissionRescheduled', data: { ...june, reason: words('Carnival') } }));
  it('is done once', () =>
    given(moved)
      .when('RescheduleMission', { ...june, reason: 'Carnival' })
      .thenNothing());
  it('to the same days for another reason is another fact', () =>
    given(moved)
      .when('RescheduleMission', { ...june, reason: 'Elections' })
      .then({ type: 'MissionRescheduled', data: { ...june, reason: words('Elections') } }));
  it('is refused for a mission never planned, or held, or to days in the wrong order', () => {
    given(kickedOff).when('RescheduleMission', june).thenRefused('NO_SUCH_MISSION');
    given(missionHeld).when('RescheduleMission', june).thenRefused('MISSION_NOT_OPEN');
    given(missionPlanned)
      .when('RescheduleMission', { ...june, to: '2017' })
      .thenRefused('MISSION_ENDS_BEFORE_IT_BEGINS');
  });
});

describe('making a mission virtual', () => {
  const body = { mission: 1, reason: 'Pandemic' };
  it('says why nobody travels', () =>
    given(missionPlanned)
      .when('MakeMissionVirtual', body)
      .then({ type: 'MissionMadeVirtual', data: { mission: 1, reason: words('Pandemic') } }));
  it('is done once', () => given(virtual).when('MakeMissionVirtual', body).thenNothing());
  it('is refused for another reason, and for a mission that is not open', () => {
    given(virtual).when('MakeMissionVirtual', { mission: 1, reason: 'Strike' }).thenRefused('MISSION_ALREADY_VIRTUAL');
    given(cancelled).when('MakeMissionVirtual', body).thenRefused('MISSION_NOT_OPEN');
  });
  it('lets it be held as a virtual one', () =>
    expect(virtual.does('HoldMission', { ...mission1, place: 'online' }, '2018-02-14').state.missions[1]).toMatchObject({
      is: 'held',
      mode: 'virtual',
    }));
});

describe('cancelling a mission', () => {
  const body = { mission: 1, reason: 'Strike' };
  it('says why', () =>
    given(missionPlanned)
      .when('CancelMission', body)
      .then({ type: 'MissionCancelled', data: { mission: 1, reason: words('Strike') } }));
  it('is done once', () => given(cancelled).when('CancelMission', body).thenNothing());
  it('is refused for a mission that was held', () => given(missionHeld).when('CancelMission', body).thenRefused('MISSION_NOT_OPEN'));
});

describe('holding a mission', () => {
  it('says when, where, and how many came', () =>
    given(missionPlanned)
      .when('HoldMission', mission1, '2018-02-14')
      .then({ type: 'MissionHeld', data: { ...mission1, mode: 'in-person' } }));
  it('is done once', () => given(missionHeld).when('HoldMission', mission1).thenNothing());
  it('is refused a second time with another delegation', () =>
    given(missionHeld)
      .when('HoldMission', { ...mission1, delegates: 7 }, '2018-02-14')
      .thenRefused('MISSION_NOT_OPEN'));
  it('is refused for a mission never planned', () =>
    given(kickedOff).when('HoldMission', mission1, '2018-02-14').thenRefused('NO_SUCH_MISSION'));
  it('is refused on a day that is certainly none of its own', () => {
    given(missionPlanned).when('HoldMission', mission1, '2018-02-15').thenRefused('MISSION_DATED_OUTSIDE_ITSELF');
    given(missionPlanned)
      .when('HoldMission', mission1, '2018-02')
      .then({ type: 'MissionHeld', data: { ...mission1, mode: 'in-person' } });
  });
});

describe('reporting a mission', () => {
  const body = { mission: 1, outputs: 'Two routes walked' };
  it('tells what came out of it', () =>
    given(missionHeld)
      .when('ReportMission', body)
      .then({ type: 'MissionReported', data: { mission: 1, outputs: words(body.outputs) } }));
  it('is done once, and again with other outputs', () => {
    given(reported).when('ReportMission', body).thenNothing();
    given(reported)
      .when('ReportMission', { mission: 1, outputs: 'Three' })
      .then({ type: 'MissionReported', data: { mission: 1, outputs: words('Three') } });
  });
  it('is refused before the mission was held', () => given(missionPlanned).when('ReportMission', body).thenRefused('MISSION_NOT_HELD'));
});
