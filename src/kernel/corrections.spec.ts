import { given, type Story, words } from '../../test/given';
import {
  agreementConcluded,
  because,
  completed,
  formed,
  kickedOff,
  mission1,
  missionHeld,
  missionPlanned,
  pilotDesigned,
  planApproved,
  planSubmitted,
  signedByOne,
} from '../../test/states';
import type { Unseated } from './giving-way';
import { factsOf, lifecycle } from './lifecycle';
import { Rejected } from './refusal';
import { pairing } from '../lifecycles/pairing';

type Told = Story<typeof pairing.parts>;
const latest = (story: Told, type: string) => story.history.findLast((event) => event.type === type)!.revision;
const retract = (...revisions: number[]) => ({ retract: revisions.map((revision) => ({ revision })), ...because });
const replace = (revision: number, by: { data?: Record<string, unknown>; occurredOn?: string }) => ({
  replace: [{ revision, ...by }],
  ...because,
});
const undone = (story: Told) => story.does('Correct', retract(story.history.length - 1));
/** The facts for which taking back a revision is refused. */
const restingOn = (story: Told, revision: number): readonly Unseated[] => {
  try {
    story.tries('Correct', retract(revision));
  } catch (error) {
    if (error instanceof Rejected && error.code === 'FACTS_REST_ON_IT') return error.detail['facts'] as readonly Unseated[];
    throw error;
  }
  return [];
};
const named = { authority: 'secretariat', reason: words(because.reason) };

describe('a retraction', () => {
  it('takes back a fact: what is in force no longer holds it, the history does', () => {
    const taken = missionHeld.does('Correct', retract(latest(missionHeld, 'MissionHeld')));
    expect(taken.state).toEqual(missionPlanned.state);
    expect(taken.history.slice(0, -1)).toEqual(missionHeld.history);
    expect(taken.history.at(-1)?.data).toEqual({ revision: 3, type: 'MissionHeld', ...named });
  });
  it('takes all that one command recorded, whichever fact of it is named', () => {
    const last = agreementConcluded.history.length - 1;
    for (const revision of [last - 1, last]) {
      const taken = agreementConcluded.does('Correct', retract(revision));
      expect(taken.history.slice(-2).map(({ data }) => (data as { revision: number }).revision)).toEqual([last - 1, last]);
      expect(taken.state).toEqual(signedByOne.state);
    }
  });
  it('takes one revision alone where that is said', () => {
    const last = agreementConcluded.history.length - 1;
    const taken = agreementConcluded.does('Correct', { retract: [{ revision: last, only: true }], ...because });
    expect(taken.state.agreements['cooperation']).toMatchObject({ is: 'draft', signed: { length: 2 } });
  });
  it('of what no longer stands records nothing', () =>
    given(missionHeld.does('Correct', retract(3)))
      .when('Correct', retract(3))
      .thenNothing());
  it('of a retraction brings the fact back as it was', () => {
    const back = undone(missionHeld.does('Correct', retract(3)));
    expect(back.state).toEqual(missionHeld.state);
    expect(back.standing).toEqual(missionHeld.standing);
    expect(undone(back).state).toEqual(missionPlanned.state);
  });
  it('of a retraction and of its fact at once leaves neither', () => {
    const taken = missionHeld.does('Correct', retract(3));
    const both = retract(4, 3);
    expect(taken.does('Correct', both).state).toEqual(missionPlanned.state);
    given(taken.does('Correct', both)).when('Correct', both).thenNothing();
  });
  it('is refused while later facts rest on it, and names them', () => {
    given(planSubmitted)
      .when('Correct', retract(latest(planSubmitted, 'MissionHeld')))
      .thenNeededBy('PlanSubmitted', 'MISSION_HELD');
    given(pilotDesigned)
      .when('Correct', retract(latest(pilotDesigned, 'PlanApproved')))
      .thenNeededBy('PilotDesigned', 'APPROVED_PLAN');
  });
  it('is refused with each later fact once, and all that it would lack of its part and at gates', () => {
    const facts = restingOn(completed, 0);
    expect(facts.map(({ revision }) => revision)).toEqual(completed.history.slice(1).map(({ revision }) => revision));
    const lacks = (type: string) => {
      const { missing = [], gates = [] } = facts.find((each) => each.type === type)!;
      return { missing: missing.map(({ code }) => code), gates: gates.map(({ gate }) => gate) };
    };
    expect(lacks('PairingKickedOff')).toEqual({ missing: ['NO_SUCH_PAIRING'], gates: ['formed-first'] });
    expect(lacks('MissionHeld')).toEqual({ missing: [], gates: ['formed-first', 'within-support-period'] });
  });
  it('is taken together with what rests on it', () => {
    const taken = planSubmitted.does('Correct', retract(latest(planSubmitted, 'PlanSubmitted'), latest(planSubmitted, 'MissionHeld')));
    expect(taken.state.plan.versions[1]?.is).toBe('draft');
    expect(taken.state.missions[1]?.is).toBe('planned');
  });
  it('of a revision that was never recorded is refused', () => given(formed).when('Correct', retract(7)).thenRefused('NO_SUCH_FACT'));
});

describe('a correction', () => {
  const held = missionHeld.standing.at(-1)!.data as Record<string, unknown>;
  it('gives a fact other data, and keeps its date', () => {
    const corrected = missionHeld.does('Correct', replace(3, { data: { ...held, delegates: 8 } }));
    expect(corrected.history.at(-1)?.data).toEqual({
      revision: 3,
      type: 'MissionHeld',
      data: { ...held, delegates: 8 },
      occurredOn: '2018-02-14',
      ...named,
    });
    expect(corrected.state.missions[1]).toMatchObject({ delegates: 8 });
    expect(corrected.standing.at(-1)).toMatchObject({ revision: 3, correctedBy: 4, occurredOn: '2018-02-14' });
  });
  it('gives a fact another date, and keeps its data', () => {
    const corrected = missionHeld.does('Correct', replace(3, { occurredOn: '2018-02-13' }));
    expect(corrected.standing.at(-1)).toMatchObject({ occurredOn: '2018-02-13', data: held });
  });
  it('is replaced by a later one, and comes back when that is taken back', () => {
    const first = missionHeld.does('Correct', replace(3, { data: { ...held, delegates: 8 } }));
    const second = first.does('Correct', replace(3, { data: { ...held, delegates: 9 } }));
    expect(second.state.missions[1]).toMatchObject({ delegates: 9 });
    expect(undone(second).state).toEqual(first.state);
    expect(undone(undone(second)).state).toEqual(second.state);
    expect(second.does('Correct', retract(4)).state).toEqual(second.state);
    expect(second.does('Correct', retract(4, 5)).standing).toEqual(missionHeld.standing);
  });
  it('that changes nothing records nothing', () => {
    given(missionHeld)
      .when('Correct', replace(3, { data: held, occurredOn: '2018-02-14' }))
      .thenNothing();
    given(missionHeld).when('Correct', replace(3, {})).thenNothing();
    given(missionHeld).when('Correct', because).thenNothing();
  });
  it('moves a chain that was dated a year late, all at once', () => {
    const dates: Readonly<Record<string, string>> = {
      PairingKickedOff: '2018-09-11',
      MissionPlanned: '2018-11-05',
      MissionHeld: '2019-02-14',
    };
    const lateChain = formed
      .does('KickOff', {}, '2018-09-11')
      .does('PlanMission', { mission: 1, visitor: 'european', from: '2019', to: '2019' }, '2018-11-05')
      .does('HoldMission', { ...mission1, from: '2019-02-10', to: '2019-02-14' }, '2019-02-14');
    const earlier = (date: string) => `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`;
    const all = lateChain.standing.slice(1).map(({ revision, type, data }) => ({
      revision,
      occurredOn: earlier(dates[type]!),
      data: type === 'MissionHeld' ? { ...(data as object), from: '2018-02-10', to: '2018-02-14' } : (data as Record<string, unknown>),
    }));
    given(lateChain)
      .when('Correct', { replace: all.slice(2), ...because })
      .thenNeededBy('MissionHeld', 'WITHIN_SUPPORT');
    const moved = lateChain.does('Correct', { replace: all, ...because });
    expect(moved.standing.slice(1).map(({ occurredOn }) => occurredOn)).toEqual(['2017-09-11', '2017-11-05', '2018-02-14']);
    expect(undone(moved).standing).toEqual(lateChain.standing);
  });
  it('applies to what the same command brings back, and not to what it takes back', () => {
    const taken = missionHeld.does('Correct', retract(3));
    expect(taken.does('Correct', { ...retract(4), ...replace(3, { occurredOn: '2018-02-12' }) }).standing.at(-1)).toMatchObject({
      revision: 3,
      occurredOn: '2018-02-12',
    });
    given(missionHeld)
      .when('Correct', { ...retract(3), ...replace(3, { occurredOn: '2018-02-12' }) })
      .thenRefused('NOT_IN_FORCE');
  });
  it('of one fact twice in a command is refused', () => {
    const twice = {
      replace: [
        { revision: 3, occurredOn: '2018-02-12' },
        { revision: 3, data: { ...held, delegates: 1 } },
      ],
      ...because,
    };
    given(missionHeld).when('Correct', twice).thenRefused('CORRECTED_TWICE');
  });
  it('of what was taken back is refused, until it is brought back', () =>
    given(missionHeld.does('Correct', retract(3)))
      .when('Correct', replace(3, { occurredOn: '2018-02-13' }))
      .thenRefused('NOT_IN_FORCE'));
  it('of a correction, a retraction or a waiver is refused: the original is named', () => {
    const corrected = missionHeld.does('Correct', replace(3, { occurredOn: '2018-02-13' }));
    given(corrected)
      .when('Correct', replace(4, { occurredOn: '2018-02-12' }))
      .thenRefused('CORRECT_THE_ORIGINAL');
    given(undone(corrected))
      .when('Correct', replace(5, { occurredOn: '2018-02-12' }))
      .thenRefused('CORRECT_THE_ORIGINAL');
    const waived = formed.does('WaiveGate', { gate: 'first-visitor', scope: 'rest', ...because });
    given(waived)
      .when('Correct', replace(1, { occurredOn: '2018' }))
      .thenRefused('CORRECT_THE_ORIGINAL');
  });
  it('of a revision that was never recorded is refused', () =>
    given(formed)
      .when('Correct', replace(1, { occurredOn: '2018' }))
      .thenRefused('NO_SUCH_FACT'));
  it('into data of another shape is refused', () => {
    given(missionHeld)
      .when('Correct', replace(3, { data: { ...held, delegates: 'five' } }))
      .thenRefused('DATA_NOT_OF_ITS_KIND');
    given(missionHeld)
      .when('Correct', replace(3, { data: {} }))
      .thenRefused('DATA_NOT_OF_ITS_KIND');
  });
  it('of the draft behind an approval is refused, and names the approval', () => {
    const revision = latest(planApproved, 'PlanDrafted');
    const data = { version: 1, actions: [{ action: 'trams', title: words('Trams'), theme: 'urban-mobility' }] };
    given(planApproved).when('Correct', replace(revision, { data })).thenNeededBy('PlanApproved', 'PLAN_APPROVED_OTHERWISE');
  });
  it('of a date into the future is refused', () =>
    given(kickedOff)
      .when('Correct', replace(1, { occurredOn: '2021-02' }))
      .thenNeededBy('PairingKickedOff', 'ITS_DAY_TO_COME'));
  it('changes what is counted', () => {
    const corrected = missionHeld.does('Correct', replace(3, { data: { ...held, delegates: 8 } }));
    expect(factsOf(pairing, corrected.standing.at(-1)!, corrected.state, missionPlanned.state)).toContainEqual(
      expect.objectContaining({ measure: 'delegates', quantity: 8 }),
    );
  });
  it('of what never changes is refused, also as part of its command', () => {
    const { name, parts, ...rest } = pairing;
    const fixed = lifecycle(name, parts, { ...rest, unchangeable: ['AgreementConcluded'] });
    const again = agreementConcluded.as(fixed);
    const last = again.history.length - 1;
    given(again)
      .when('Correct', replace(last, { occurredOn: '2018-11' }))
      .thenRefused('FACT_NEVER_CHANGES');
    given(again)
      .when('Correct', retract(last - 1))
      .thenRefused('FACT_NEVER_CHANGES');
  });
  it('of an ended pairing is as free as before', () =>
    expect(completed.does('Correct', replace(3, { occurredOn: '2018-02-13' })).unsupported).toEqual([]));
});
