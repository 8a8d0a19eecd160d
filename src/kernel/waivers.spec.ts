import { given, words } from '../../test/given';
import { because, formed, kickedOff, missionPlanned, unformed } from '../../test/states';

const firstVisitor = { gate: 'first-visitor', ...because } as const;
const next = { ...firstVisitor, scope: 'next-fact' } as const;
const rest = { ...firstVisitor, scope: 'rest' } as const;
const visit = (mission: number) => ({ mission, visitor: 'latin-american', from: '2018-02', to: '2018-02' }) as const;
const waived = kickedOff.does('WaiveGate', next);
const passed = waived.does('PlanMission', visit(1), '2018');
const cancelled = passed.does('CancelMission', { mission: 1, reason: 'Strike' }, '2018');
const retract = (revision: number) => ({ retract: [{ revision }], ...because });

describe('a waiver for the next fact', () => {
  it('names the gate, the authority and the reason', () =>
    expect(waived.history.at(-1)).toMatchObject({
      type: 'GateWaived',
      data: { gate: 'first-visitor', scope: 'next-fact', authority: 'secretariat', reason: words(because.reason) },
    }));
  it('is used up by the fact that needs it', () => {
    expect(passed.history.at(-1)?.waived).toEqual(['first-visitor']);
    given(cancelled).when('PlanMission', visit(2), '2018').thenRefused('GATE_CLOSED', 'first-visitor');
  });
  it('waits for a fact that needs it', () =>
    expect(waived.does('PlanMission', { ...visit(1), visitor: 'european' }, '2018').waivers.next).toEqual({ 'first-visitor': 1 }));
  it('is given once while it waits, and again once it is used', () => {
    given(waived).when('WaiveGate', next).thenNothing();
    expect(cancelled.does('WaiveGate', next).does('PlanMission', visit(2), '2018').unsupported).toEqual([]);
  });
  it('is given for two facts where the reasons differ', () =>
    expect(waived.does('WaiveGate', { ...next, reason: 'Elections' }).waivers.next).toEqual({ 'first-visitor': 2 }));
  it('is free again when its fact is taken back, and then cannot serve both', () => {
    const trams = (pilot: string) => ({ pilot, action: 'trams', title: 'Trams' });
    const designed = kickedOff.does('WaiveGate', { ...next, gate: 'pilot-implements-plan' }).does('DesignPilot', trams('one'), '2018');
    const freed = designed.does('Correct', retract(3));
    expect(freed.waivers.next).toEqual({ 'pilot-implements-plan': 1 });
    const other = freed.does('DesignPilot', trams('other'), '2018');
    given(other).when('Correct', retract(4)).thenNeededBy('PilotDesigned', 'APPROVED_PLAN');
  });
  it('is not taken back once it is used', () => given(passed).when('Correct', retract(2)).thenNeededBy('MissionPlanned', 'FIRST_VISITOR'));
  it('is taken back while it waits', () => expect(waived.does('Correct', retract(2)).waivers).toEqual(kickedOff.waivers));
  it('is not spent by a correction on a fact that was recorded without it', () => {
    const unneeded = missionPlanned.does('WaiveGate', next).does('PlanMission', visit(2), '2018');
    given(unneeded).when('Correct', retract(2)).thenNeededBy('MissionPlanned', 'FIRST_VISITOR');
  });
  it('is dated to when it was decided, which cannot lie ahead', () => {
    given(kickedOff).when('WaiveGate', next, '2021-01-03').thenRefused('DECIDED_AHEAD');
    given(kickedOff).when('Correct', retract(1), '2021-01-03').thenRefused('DECIDED_AHEAD');
    expect(kickedOff.does('WaiveGate', next, '2021').waivers.next).toEqual({ 'first-visitor': 1 });
  });
});

describe('a waiver for the rest', () => {
  const open = kickedOff.does('WaiveGate', rest);
  it('serves every later fact, and no earlier one', () => {
    const twice = open
      .does('PlanMission', visit(1), '2018')
      .does('CancelMission', { mission: 1, reason: 'Strike' }, '2018')
      .does('PlanMission', visit(2), '2018');
    expect(twice.standing.filter((fact) => fact.waived)).toHaveLength(2);
    given(missionPlanned.does('WaiveGate', rest))
      .when('Correct', { replace: [{ revision: 2, data: visit(1) }], ...because })
      .thenNeededBy('MissionPlanned', 'FIRST_VISITOR');
  });
  it('is given once, and again by another authority', () => {
    given(open).when('WaiveGate', rest).thenNothing();
    expect(open.does('WaiveGate', { ...rest, authority: 'malaga' }).history).toHaveLength(4);
  });
  it('spares one for the next fact', () =>
    expect(open.does('WaiveGate', next).does('PlanMission', visit(1), '2018').waivers.next).toEqual({ 'first-visitor': 1 }));
});

describe('a waiver for a recorded fact', () => {
  const forIt = { ...firstVisitor, scope: 'fact', revision: 2 } as const;
  const covered = missionPlanned.does('WaiveGate', forIt);
  const corrected = covered.does('Correct', { replace: [{ revision: 2, data: visit(1) }], ...because });
  it('lets it stand through a correction', () => expect(corrected.unsupported).toEqual([]));
  it('is given once', () => given(covered).when('WaiveGate', forIt).thenNothing());
  it('is not taken back once the fact needs it', () =>
    given(corrected).when('Correct', retract(3)).thenNeededBy('MissionPlanned', 'FIRST_VISITOR'));
  it('may be given for a fact that was taken back, to bring it back', () =>
    expect(missionPlanned.does('Correct', retract(2)).does('WaiveGate', forIt).waivers.facts).toEqual(new Set(['first-visitor@2'])));
  it('names a fact, which the gate is asked for, and is recorded', () => {
    given(missionPlanned)
      .when('WaiveGate', { ...firstVisitor, scope: 'fact' })
      .thenRefused('WAIVER_FOR_WHICH_FACT');
    given(missionPlanned)
      .when('WaiveGate', { ...rest, revision: 2 })
      .thenRefused('WAIVER_FOR_WHICH_FACT');
    given(missionPlanned)
      .when('WaiveGate', { ...forIt, revision: 3 })
      .thenRefused('NO_SUCH_FACT');
    given(missionPlanned)
      .when('WaiveGate', { ...forIt, revision: 1 })
      .thenRefused('GATE_NEVER_ASKED');
    given(covered)
      .when('WaiveGate', { ...forIt, revision: 3 })
      .thenRefused('CORRECT_THE_ORIGINAL');
  });
});

describe('what is no waiver', () => {
  it('of a gate that there is not', () => {
    given(formed)
      .when('WaiveGate', { ...rest, gate: 'no-such-gate' })
      .thenRefused('NO_SUCH_GATE');
    given(formed)
      .when('WaiveGate', { ...rest, gate: 'constructor' })
      .thenRefused('NO_SUCH_GATE');
  });
  it('of a gate that nobody can waive', () =>
    given(formed)
      .when('WaiveGate', { ...rest, gate: 'formed-first' })
      .thenRefused('GATE_CANNOT_BE_WAIVED'));
});

it('a rule that needs a rule set says so where none is in force', () =>
  given(unformed).when('PlanMission', visit(1)).thenRefused('NO_RULE_SET'));
