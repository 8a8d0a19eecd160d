import { decide, guardsFact, shut, type TypedEvent } from '../kernel/lifecycle';
import type { Moment } from '../kernel/part';
import { Rejected, type Said } from '../kernel/refusal';
import type { RuleSet } from '../kernel/rules';
import { approvedActions } from '../parts/plan';
import type { Suspension } from '../parts/support';
import { pairing } from './pairing';
import { suspendedNow } from './pairing-dates';
import { outsideSuspension } from './pairing-gates';
import type { Pairing } from './pairing-parts';

export const stepNames = [
  'opening-agreement',
  'kick-off',
  'missions',
  'plan-submitted',
  'plan-approved',
  'pilot-designed',
  'cooperation-agreement',
  'completion',
] as const;
export type StepName = (typeof stepNames)[number];

export const toDoNames = [
  ...['draft-agreement', 'sign-agreement', 'kick-off', 'plan-mission', 'hold-mission', 'draft-plan', 'submit-plan', 'approve-plan'],
  ...['design-pilot', 'complete'],
] as const;
/** What is to be done for a step, by a name whose sentence stands in `words/`, and what fills it. */
export interface ToDo {
  readonly code: (typeof toDoNames)[number];
  readonly values: Said['values'];
}

/** What would take a step: the fact itself, or the command that would record it. */
type Attempt = TypedEvent | { readonly command: string; readonly form: object };
interface Step {
  /** It has been taken. */
  readonly taken: (state: Pairing, rules: RuleSet) => boolean;
  /** What would take it, as far as that can be said now; undefined where something has to be drafted first, which nothing forbids. */
  readonly by: (state: Pairing, rules: RuleSet) => Attempt | undefined;
  readonly toDo: (state: Pairing, rules: RuleSet) => ToDo;
  /** It may never come: a later step that was taken passes over it. */
  readonly mayBeMissing?: true;
}

const agreementOf = (kind: 'opening' | 'cooperation', { agreements }: Pairing, is: 'draft' | 'concluded') =>
  Object.entries(agreements).find(([, agreement]) => agreement.kind === kind && (is === 'draft') === (agreement.is === 'draft'))?.[0];
const conclusionOf =
  (kind: 'opening' | 'cooperation') =>
  (state: Pairing): Attempt | undefined => {
    const agreement = agreementOf(kind, state, 'draft');
    return agreement === undefined ? undefined : { type: 'AgreementConcluded', data: { agreement } };
  };
const agreementToDo =
  (kind: 'opening' | 'cooperation') =>
  (state: Pairing): ToDo => {
    const agreement = agreementOf(kind, state, 'draft');
    return agreement === undefined ? toDo('draft-agreement', { kind }) : toDo('sign-agreement', { kind, agreement });
  };
const toDo = (code: ToDo['code'], values: ToDo['values'] = {}): ToDo => ({ code, values });
const isApproved = ({ plan }: Pairing) => Object.values(plan.versions).some(({ is }) => is === 'approved');
const nextApproval = ({ plan }: Pairing): string | undefined => {
  const { approvalBy = [], approvedBy = [] } = plan.versions[plan.current] ?? {};
  return approvalBy.find((each) => !approvedBy.includes(each));
};
const nothing = { text: '', digest: '' };

const heldOf = (missions: Pairing['missions']) => Object.values(missions).filter(({ is }) => is === 'held').length;

/** The next mission: the one planned first, or else a new one by the side whose turn it is. */
const nextMission = (
  { missions, course }: Pairing,
  { firstVisitor }: RuleSet,
): { readonly type: string; readonly data: { readonly mission: number; readonly [field: string]: unknown } } => {
  const planned = Object.entries(missions).find(([, { is }]) => is === 'planned');
  if (planned) {
    const [mission, { mode, from, to }] = planned;
    return { type: 'MissionHeld', data: { mission: Number(mission), mode, from, to, place: '', delegates: 0 } };
  }
  const first = course.phase === 'absent' ? undefined : firstVisitor[course.component];
  const held = heldOf(missions);
  const visitor = held % 2 === 0 ? (first ?? 'european') : first === 'latin-american' ? 'european' : 'latin-american';
  const mission = Math.max(0, ...Object.keys(missions).map(Number)) + 1;
  return { type: 'MissionPlanned', data: { mission, visitor, from: '2000', to: '2000' } };
};

/** The way of a pairing, step by step. What a step lacks is not said here: its part and the gates are asked. */
export const pairingSteps: Readonly<Record<StepName, Step>> = {
  'opening-agreement': {
    taken: (state) => agreementOf('opening', state, 'concluded') !== undefined,
    by: conclusionOf('opening'),
    toDo: agreementToDo('opening'),
    mayBeMissing: true,
  },
  'kick-off': {
    taken: ({ course }) => course.phase !== 'absent' && course.kickedOffOn !== undefined,
    by: () => ({ type: 'PairingKickedOff', data: {} }),
    toDo: () => toDo('kick-off'),
  },
  missions: {
    taken: ({ missions }, { missionsRequired }) => heldOf(missions) >= missionsRequired,
    by: nextMission,
    toDo: (state, rules) => {
      const { type, data } = nextMission(state, rules);
      const counted = { mission: data.mission, held: heldOf(state.missions), required: rules.missionsRequired };
      return toDo(type === 'MissionHeld' ? 'hold-mission' : 'plan-mission', counted);
    },
  },
  'plan-submitted': {
    taken: ({ plan }) => Object.values(plan.versions).some(({ is }) => is === 'submitted' || is === 'approved'),
    by: ({ plan }) => ({ command: 'SubmitPlan', form: { version: Math.max(1, plan.current) } }),
    toDo: ({ plan }) => {
      const drafted = plan.versions[plan.current]?.is === 'draft';
      return toDo(drafted ? 'submit-plan' : 'draft-plan', { version: Math.max(1, plan.current) });
    },
  },
  'plan-approved': {
    taken: isApproved,
    by: (state) => {
      const side = nextApproval(state);
      return side === undefined ? undefined : { command: 'ApprovePlan', form: { version: state.plan.current, side } };
    },
    toDo: (state) => {
      const side = nextApproval(state);
      return toDo('approve-plan', { version: state.plan.current, ...(side !== undefined && { side }) });
    },
  },
  'pilot-designed': {
    taken: ({ pilots }) => Object.keys(pilots).length > 0,
    by: ({ plan }) => ({ type: 'PilotDesigned', data: { pilot: 'first', action: [...approvedActions(plan)][0] ?? '', title: nothing } }),
    toDo: () => toDo('design-pilot'),
  },
  'cooperation-agreement': {
    taken: (state) => agreementOf('cooperation', state, 'concluded') !== undefined,
    by: conclusionOf('cooperation'),
    toDo: agreementToDo('cooperation'),
  },
  completion: {
    taken: ({ course }) => course.phase === 'completed',
    by: () => ({ type: 'PairingCompleted', data: {} }),
    toDo: () => toDo('complete'),
  },
};

/** The first step not yet taken, what is to be done for it, and what that lacks on this state at this moment. */
export interface NextStep {
  readonly step: StepName;
  readonly toDo: ToDo;
  readonly lacks: readonly Said[];
}

/** Undefined where the pairing is not there, has ended, or has no rules that could say. */
export const nextStep = (state: Pairing, moment: Omit<Moment, 'rules'>, rules: RuleSet | undefined): NextStep | undefined => {
  if (!rules || state.course.phase === 'absent' || 'endedOn' in state.course) return undefined;
  const taken = stepNames.map((name) => pairingSteps[name].taken(state, rules));
  const step = stepNames.find((name, i) => !taken[i] && !(pairingSteps[name].mayBeMissing && taken.slice(i).includes(true)));
  if (step === undefined) return undefined;
  const { by, toDo } = pairingSteps[step];
  const attempt = by(state, rules);
  const suspension = suspendedNow(state);
  const next = { step, toDo: toDo(state, rules) };
  if (!attempt) return { ...next, lacks: suspension ? [outsideSuspension(suspension)] : [] };
  return { ...next, lacks: lacksOf(state, attempt, { ...moment, rules }, suspension) };
};

const lacksOf = (state: Pairing, attempt: Attempt, moment: Moment, suspension: Suspension | undefined): readonly Said[] => {
  try {
    // What comes next is asked of a state, whichever pairing it is of.
    const events = 'type' in attempt ? [attempt] : decide(pairing, state, attempt.command, attempt.form, moment, {}, '');
    return events.flatMap((event) => [
      ...(suspension && guardsFact(pairing, 'not-while-suspended', event.type) ? [outsideSuspension(suspension)] : []),
      ...shut(pairing, state, event, dated(moment, event))
        .filter(({ gate }) => !suspension || gate !== 'not-while-suspended')
        .flatMap(({ missing }) => missing),
    ]);
  } catch (error) {
    if (error instanceof Rejected) return [error.said];
    throw error;
  }
};
/** A mission is held when it was planned for; everything else is asked for at the moment given. */
const dated = (moment: Moment, { type, data }: TypedEvent): Moment =>
  type === 'MissionHeld' ? { ...moment, rules: moment.rules, occurredOn: (data as { to: string }).to } : moment;
