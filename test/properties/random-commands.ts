import fc from 'fast-check';
import { pairing } from '../../src/lifecycles/pairing';
import type { Story } from '../given';
import { actions, because, signatories } from '../states';
import { randomCorrection } from './random-corrections';

export type Told = Story<typeof pairing.parts>;
/** What chance looks at of a history: also of one that a store keeps. */
export type Seen = Pick<Told, 'state' | 'history' | 'standing' | 'waivers'>;
/** A command as it would be sent. */
export interface Sent {
  readonly name: Parameters<Told['does']>[0];
  readonly body: object;
  readonly occurredOn?: string;
}
/** Chance, drawn before the state that it will meet is known. */
export interface Dice {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const day = (n: number) => new Date(Date.UTC(2017, 5, 20) + n * 86_400_000).toISOString().slice(0, 10);
const person = (n: number) => `${'abc'.charAt(n % 3).repeat(8)}-0000-4000-8000-000000000000`;
/** Mostly a day as things go on, sometimes earlier or far later, sometimes only a month or a year. */
export const date = ({ b, c }: Dice, step: number): string => {
  const whole = day(b < 70 ? step * 11 + (c % 7) : b < 85 ? step * 7 : b < 95 ? c * 9 : 1200 + c);
  return whole.slice(0, c % 9 === 0 ? 7 : c % 23 === 1 ? 4 : 10);
};

/** The command that brings a pairing on from where it stands. */
const next = ({ state }: Seen, { a, c }: Dice, on: string): Omit<Sent, 'occurredOn'> => {
  const { course, support, missions, plan, pilots, agreements } = state;
  if (c % 4 && support.suspensions.some(({ to }) => to === undefined)) return { name: 'ResumePairing', body: {} };
  if (course.phase === 'absent') return { name: 'FormPairing', body: { applications: ['cartagena', 'malaga'] } };
  if (course.phase === 'formed') return { name: 'KickOff', body: {} };
  const all = Object.entries(missions);
  const planned = all.find(([, { is }]) => is === 'planned');
  if (planned)
    return { name: 'HoldMission', body: { mission: Number(planned[0]), from: on, to: on, place: 'Somewhere', delegates: 3 + (c % 4) } };
  const held = all.filter(([, { is }]) => is === 'held').length;
  const plan1 = plan.versions[plan.current];
  if (held === 0 || (held === 1 && plan1?.is === 'approved'))
    return {
      name: 'PlanMission',
      body: {
        mission: Math.max(0, ...all.map(([n]) => Number(n))) + 1,
        visitor: held === 0 ? 'european' : 'latin-american',
        from: on,
        to: on,
      },
    };
  if (!plan1 || plan1.is === 'returned') return { name: 'DraftPlan', body: { version: Math.max(1, plan.current), actions } };
  if (plan1.is === 'draft') return { name: 'SubmitPlan', body: { version: plan.current } };
  if (plan1.is === 'submitted')
    return { name: 'ApprovePlan', body: { version: plan.current, side: plan1.approvedBy.length === 0 ? 'european' : 'latin-american' } };
  if (Object.keys(pilots).length === 0)
    return { name: 'DesignPilot', body: { pilot: `p${a % 2}`, action: plan1.actions[0]!.action, title: 'A pilot' } };
  const draft = Object.entries(agreements).find(([, { is }]) => is === 'draft');
  if (draft)
    return {
      name: 'SignAgreement',
      body: { agreement: draft[0], party: draft[1].signed.length === 0 ? 'malaga' : 'cartagena', language: 'es' },
    };
  if (!Object.values(agreements).some(({ kind, is }) => kind === 'cooperation' && is === 'concluded'))
    return {
      name: 'DraftAgreement',
      body: { agreement: `a${Object.keys(agreements).length}`, kind: 'cooperation', signatories, languages: ['es'] },
    };
  return { name: 'CompletePairing', body: {} };
};

/** Any command, sensible or not. */
const any = ({ a, b, c }: Dice, on: string): Omit<Sent, 'occurredOn'> => {
  const mission = 1 + (b % 4);
  const version = 1 + (c % 2);
  const pilot = `p${b % 2}`;
  const agreement = `a${b % 2}`;
  const side = b % 2 ? 'european' : 'latin-american';
  const reason = c % 2 ? 'Weather' : 'Elections';
  const theme = ['housing', 'urban-mobility'][b % 2];
  const commands: readonly Omit<Sent, 'occurredOn'>[] = [
    { name: 'AgreeTheme', body: { theme } },
    { name: 'DropTheme', body: { theme, ...(c % 2 && { reason }) } },
    { name: 'EngageActor', body: { actor: `actor-${b % 3}`, sector: c % 2 ? 'academia' : 'public', side } },
    { name: 'ReleaseActor', body: { actor: `actor-${b % 3}`, ...(c % 2 && { reason }) } },
    { name: 'PlanMission', body: { mission, visitor: side, from: on, to: on } },
    { name: 'RescheduleMission', body: { mission, from: on, to: on, ...(c % 2 && { reason }) } },
    { name: 'MakeMissionVirtual', body: { mission, reason } },
    { name: 'CancelMission', body: { mission, reason } },
    { name: 'HoldMission', body: { mission, from: on, to: on, place: 'Elsewhere', delegates: c % 9 } },
    { name: 'ReportMission', body: { mission, outputs: reason } },
    { name: 'DraftPlan', body: { version, actions: actions.slice(0, 1 + (b % 2)) } },
    { name: 'SubmitPlan', body: { version } },
    { name: 'ReturnPlan', body: { version, by: 'programme', reason } },
    { name: 'ApprovePlan', body: { version, side } },
    { name: 'AmendPlan', body: { version: version + 1, actions: actions.slice(b % 2), reason } },
    { name: 'DesignPilot', body: { pilot, action: c % 2 ? 'old-town' : 'reuse-of-water', title: 'A pilot' } },
    { name: 'FundPilot', body: { pilot, payment: `payment-${b % 3}`, funder: 'party', amountMinor: 1 + (c % 3), currency: 'EUR' } },
    { name: 'StartPilot', body: { pilot } },
    { name: 'CompletePilot', body: { pilot, ...(c % 2 && { results: reason }) } },
    { name: 'AbandonPilot', body: { pilot, reason } },
    {
      name: 'DraftAgreement',
      body: {
        agreement,
        kind: c % 2 ? 'opening' : 'cooperation',
        signatories,
        languages: ['es', ...(c % 5 ? [] : ['en'])],
        ...(a % 2 && { validUntil: day(400 + c * 3) }),
      },
    },
    { name: 'SignAgreement', body: { agreement, party: signatories[c % 2]!.party, language: c % 5 ? 'es' : 'en' } },
    { name: 'AmendAgreement', body: { agreement, amendment: `m${c % 2}`, subject: reason } },
    { name: 'RenewAgreement', body: { agreement, validUntil: day(500 + c * 9) } },
    { name: 'ExpireAgreement', body: { agreement } },
    { name: 'TerminateAgreement', body: { agreement, reason } },
    { name: 'KickOff', body: {} },
    { name: 'DissolvePairing', body: { cause: 'formed-by-mistake', ...(c % 2 && { reason }) } },
    { name: 'AssignToNetwork', body: { network: `network-${b % 2}` } },
    { name: 'LeaveNetwork', body: { network: `network-${b % 2}`, ...(c % 2 && { reason }) } },
    {
      name: 'RecordDelegation',
      body: {
        mission,
        members: [...Array(1 + (c % 7)).keys()].map((n) => ({
          sector: 'public',
          gender: n % 2 ? 'woman' : 'man',
          funded: n < 4 + (a % 3),
        })),
      },
    },
    { name: 'DesignateFocalPoint', body: { side, person: person(b) } },
    { name: 'ReplaceFocalPoint', body: { side, leaving: person(c), person: person(b) } },
    { name: 'VacateFocalPoint', body: { side, person: person(b) } },
    { name: 'SuspendPairing', body: { reason } },
    { name: 'ResumePairing', body: {} },
    {
      name: 'ExtendPairing',
      body: { ...(b % 2 ? { months: 1 + (c % 6) } : { until: day(b * 20).slice(0, 10) }), decidedBy: 'secretariat', reason },
    },
    ...(a > 95
      ? ([
          { name: 'CompletePairing', body: {} },
          { name: 'WithdrawPairing', body: { side, reason } },
          { name: 'EndWithoutAgreement', body: { reason } },
        ] as const)
      : []),
  ];
  return commands[(a * 7 + b) % commands.length]!;
};

const gates = Object.entries(pairing.gates)
  .filter(([, gate]) => !('firm' in gate))
  .map(([name]) => name);
/** Some gate, for some fact. */
const waiver = ({ history }: Seen, { a, b, c }: Dice): Omit<Sent, 'occurredOn'> => {
  const scope = (['next-fact', 'next-fact', 'rest', 'fact'] as const)[a % 4]!;
  return {
    name: 'WaiveGate',
    body: { gate: gates[b % gates.length], scope, ...(scope === 'fact' && { revision: c % (history.length + 1) }), ...because },
  };
};

/** A command that would need the gate waived. */
const passing = (gate: string, { a, b, c }: Dice, on: string): Sent => {
  const engage = { name: 'EngageActor', body: { actor: `actor-${b % 90}`, sector: 'public', side: 'european' } } as const;
  if (gate === 'before-the-end') return { ...engage, occurredOn: `2020-0${1 + (c % 9)}` };
  if (gate === 'resumed-before-the-rest') return { name: 'ResumePairing', body: {}, occurredOn: on };
  if (gate === 'first-visitor')
    return { name: 'PlanMission', body: { mission: 1 + (b % 4), visitor: 'latin-american', from: on, to: on }, occurredOn: on };
  if (gate === 'mission-before-plan') return { name: 'SubmitPlan', body: { version: 1 + (c % 2) }, occurredOn: on };
  if (gate === 'pilot-implements-plan')
    return { name: 'DesignPilot', body: { pilot: `p${b % 9}`, action: 'trams', title: 'Trams' }, occurredOn: on };
  if (gate === 'agreement-before-completion') return { name: 'CompletePairing', body: {}, occurredOn: on };
  return { ...any({ a, b, c, kind: 0 }, on), occurredOn: on };
};

export const command = (story: Seen, dice: Dice): Sent => {
  const on = date(dice, story.history.length);
  if (dice.kind < 60 || story.history.length === 0) return { ...next(story, dice, on), occurredOn: on };
  if (dice.kind < 78) return { ...any(dice, on), occurredOn: on };
  // What a waiver was given for mostly follows it.
  const waived = Object.entries(story.waivers.next).find(([, left]) => left > 0);
  if (waived && dice.kind < 92) return passing(waived[0], dice, on);
  return dice.kind < 86 ? waiver(story, dice) : { name: 'Correct', body: randomCorrection(story, dice, date) };
};

const upTo = (max: number) => fc.nat({ max });
export const dice: fc.Arbitrary<Dice> = fc.record({ kind: upTo(99), a: upTo(99), b: upTo(99), c: upTo(99) });
