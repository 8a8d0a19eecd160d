import { isDeepStrictEqual } from 'node:util';
import { Count, Items, Name, officers, ProtectedText, Ref, Slug, type TextRef, type Whole } from '../kernel/fields';
import { worded } from '../kernel/fields-worded';
import { always, command, type Fact, part } from '../kernel/part';
import { certainlyAfter, type PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';
import { endedBy, endOn, inTheWay, nextAfter, type Span } from '../kernel/spans';
import { type Line, PacciLine, sevenLines } from './pacci-course-lines';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface PacciEvents {
  PacciOpened: { name: string; fromYear: Whole; toYear: Whole; lines: Line[] };
  PipaAssignedToLine: { line: string; pipa: string };
  PipaRemovedFromLine: { line: string; pipa: string; reason?: TextRef };
  PairingAssignedToLine: { line: string; pairing: string };
  PairingRemovedFromLine: { line: string; pairing: string; reason?: TextRef };
}

export class OpenPacci {
  @Name('Its name') name!: string;
  @Count('Its first year; the fourth is its last', { min: 1991, max: 2196 }) fromYear!: number;
  @Items(PacciLine, 'Its lines of action; the seven usual ones where they are left out', { min: 1, max: 20, optional: true })
  lines?: PacciLine[];
}
export class AssignPipaToLine {
  @Slug('The line of action') line!: string;
  @Ref('pipa', 'The programme, initiative or affiliated project') pipa!: string;
}
export class RemovePipaFromLine {
  @Slug('The line of action') line!: string;
  @Ref('pipa', 'The programme, initiative or affiliated project', { gone: true }) pipa!: string;
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}
export class AssignPairingToLine {
  @Slug('The line of action') line!: string;
  @Ref('pairing', 'The pairing') pairing!: string;
}
export class RemovePairingFromLine {
  @Slug('The line of action') line!: string;
  @Ref('pairing', 'The pairing', { gone: true }) pairing!: string;
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}

type Assignable = 'pipa' | 'pairing';
interface Assignment extends Span {
  readonly line: string;
  readonly kind: Assignable;
  readonly id: string;
  readonly reason?: TextRef;
}
type What = Pick<Assignment, 'line' | 'kind' | 'id'>;
export type Pacci =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'open';
      readonly opening: PacciEvents['PacciOpened'];
      /** In the order of recording. */
      readonly assignments: readonly Assignment[];
    };

/** A plan is for four years (page of the General Secretariat on Ibero-American cooperation, undated). */
const years = 4;

const says = vocabulary({
  NO_SUCH_PACCI: 'The plan was never opened',
  PACCI_OPENED_OTHERWISE: 'The plan was opened already, otherwise',
  PACCI_LINE_TWICE: 'The line {line} occurs twice in the plan',
  NO_SUCH_PACCI_LINE: 'The plan has no line {line}',
  ON_LINE_ALREADY: 'This is assigned to the line {line} already, from {from} on',
  NOT_ON_LINE: 'This is not assigned to the line {line} on {occurredOn}, or was removed already',
  ON_LINE_AGAIN: 'This was assigned to the line {line} again on {from}: it was removed before that',
});

const assignmentsOf = (plan: Pacci, { line, kind, id }: What): readonly Assignment[] =>
  plan.phase === 'absent' ? [] : plan.assignments.filter((each) => each.line === line && each.kind === kind && each.id === id);
/** What is assigned to a line and was not removed since. */
export const assignedTo = (plan: Pacci, line: string): readonly Pick<What, 'kind' | 'id'>[] =>
  plan.phase === 'absent'
    ? []
    : plan.assignments.flatMap(({ to, kind, id, ...of }) => (of.line === line && to === undefined ? [{ kind, id }] : []));
const linesOf = (plan: Pacci) => (plan.phase === 'absent' ? [] : plan.opening.lines);
const current = (plan: Pacci, kind: Assignable) =>
  plan.phase === 'absent' ? [] : plan.assignments.filter((each) => each.kind === kind && each.to === undefined);

const lineLacks = (plan: Pacci, line: string): readonly Said[] => {
  if (plan.phase === 'absent') return [says.lack('NO_SUCH_PACCI')];
  return linesOf(plan).some((each) => each.line === line) ? [] : [says.lack('NO_SUCH_PACCI_LINE', { line })];
};
const assignmentLacks = (plan: Pacci, what: What, occurredOn: PartialDate): readonly Said[] => {
  const standing = inTheWay(assignmentsOf(plan, what), occurredOn);
  return [...lineLacks(plan, what.line), ...(standing ? [says.lack('ON_LINE_ALREADY', { line: what.line, from: standing.from })] : [])];
};
const removalLacks = (plan: Pacci, what: What, occurredOn: PartialDate): readonly Said[] => {
  const { line } = what;
  const assignments = assignmentsOf(plan, what);
  const ended = endedBy(assignments, occurredOn);
  if (!ended) return [...lineLacks(plan, line), says.lack('NOT_ON_LINE', { line, occurredOn })];
  const next = nextAfter(assignments, ended);
  return next && certainlyAfter(occurredOn, next.from) ? [says.lack('ON_LINE_AGAIN', { line, from: next.from })] : [];
};
const begins = (plan: Pacci, what: What, on: PartialDate) => assignmentsOf(plan, what).some(({ from }) => from === on);
const ends = (plan: Pacci, what: What, on: PartialDate, reason?: TextRef) =>
  assignmentsOf(plan, what).some((each) => each.to === on && each.reason?.digest === reason?.digest);
const assigned = (plan: Pacci, what: What, from: PartialDate): Pacci =>
  plan.phase === 'absent' ? plan : { ...plan, assignments: [...plan.assignments, { ...what, from }] };
const removed = (plan: Pacci, what: What, on: PartialDate, reason?: TextRef): Pacci => {
  if (plan.phase === 'absent') return plan;
  const before = assignmentsOf(plan, what);
  const after = endOn(before, on).map((each, i) => (each !== before[i] && reason ? { ...each, reason } : each));
  return { ...plan, assignments: plan.assignments.map((each) => (before.includes(each) ? after[before.indexOf(each)]! : each)) };
};
const ofPipa = ({ line, pipa }: { readonly line: string; readonly pipa: string }): What => ({ line, kind: 'pipa', id: pipa });
const ofPairing = ({ line, pairing }: { readonly line: string; readonly pairing: string }): What => ({
  line,
  kind: 'pairing',
  id: pairing,
});
const counted = ({ line, kind, id }: What, quantity: 1 | -1): readonly Fact<'pacci-assignments'>[] => [
  { measure: 'pacci-assignments', subject: { ref: `${kind}/${id}` }, quantity, by: { line, kind } },
];
const onEveryLine = (plan: Pacci) => linesOf(plan).map(({ line }) => ({ known: { line } }));

/**
 * The four-year Action Plan of Ibero-American Cooperation (PACCI), by which results are shared: its lines, and what is assigned to each.
 * A plan names its own lines: the seven of that page are those of a plan that names none.
 */
export const pacciCourse = part<PacciEvents, Pacci>()({
  says,
  commands: {
    OpenPacci: command(OpenPacci, officers, ['PacciOpened']),
    AssignPipaToLine: command(AssignPipaToLine, officers, ['PipaAssignedToLine']),
    RemovePipaFromLine: command(RemovePipaFromLine, officers, ['PipaRemovedFromLine']),
    AssignPairingToLine: command(AssignPairingToLine, officers, ['PairingAssignedToLine']),
    RemovePairingFromLine: command(RemovePairingFromLine, officers, ['PairingRemovedFromLine']),
  },
  initial: { phase: 'absent' },
  offers: {
    OpenPacci: always,
    AssignPipaToLine: onEveryLine,
    RemovePipaFromLine: (plan) => current(plan, 'pipa').map(({ line, id }) => ({ known: { line, pipa: id } })),
    AssignPairingToLine: onEveryLine,
    RemovePairingFromLine: (plan) => current(plan, 'pairing').map(({ line, id }) => ({ known: { line, pairing: id } })),
  },

  decide: {
    OpenPacci: ({ name, fromYear, lines }, plan) => {
      const named = lines?.map(({ line, title }) => ({ line, title: worded(title) })) ?? [...sevenLines];
      const data = { name, fromYear, toYear: fromYear + years - 1, lines: named };
      return plan.phase !== 'absent' && isDeepStrictEqual(plan.opening, data) ? [] : [{ type: 'PacciOpened', data }];
    },
    AssignPipaToLine: ({ line, pipa }, plan, { occurredOn }) =>
      begins(plan, ofPipa({ line, pipa }), occurredOn) ? [] : [{ type: 'PipaAssignedToLine', data: { line, pipa } }],
    RemovePipaFromLine: ({ line, pipa, reason }, plan, { occurredOn }) =>
      ends(plan, ofPipa({ line, pipa }), occurredOn, reason)
        ? []
        : [{ type: 'PipaRemovedFromLine', data: { line, pipa, ...(reason && { reason }) } }],
    AssignPairingToLine: ({ line, pairing }, plan, { occurredOn }) =>
      begins(plan, ofPairing({ line, pairing }), occurredOn) ? [] : [{ type: 'PairingAssignedToLine', data: { line, pairing } }],
    RemovePairingFromLine: ({ line, pairing, reason }, plan, { occurredOn }) =>
      ends(plan, ofPairing({ line, pairing }), occurredOn, reason)
        ? []
        : [{ type: 'PairingRemovedFromLine', data: { line, pairing, ...(reason && { reason }) } }],
  },

  requires: {
    PacciOpened: ({ phase }, { lines }) => {
      if (phase !== 'absent') return [says.lack('PACCI_OPENED_OTHERWISE')];
      const twice = lines.find(({ line }, i) => lines.findIndex((other) => other.line === line) < i);
      return twice ? [says.lack('PACCI_LINE_TWICE', { line: twice.line })] : [];
    },
    PipaAssignedToLine: (plan, data, { occurredOn }) => assignmentLacks(plan, ofPipa(data), occurredOn),
    PipaRemovedFromLine: (plan, data, { occurredOn }) => removalLacks(plan, ofPipa(data), occurredOn),
    PairingAssignedToLine: (plan, data, { occurredOn }) => assignmentLacks(plan, ofPairing(data), occurredOn),
    PairingRemovedFromLine: (plan, data, { occurredOn }) => removalLacks(plan, ofPairing(data), occurredOn),
  },

  evolve: {
    PacciOpened: (_, opening) => ({ phase: 'open', opening, assignments: [] }),
    PipaAssignedToLine: (plan, data, { occurredOn }) => assigned(plan, ofPipa(data), occurredOn),
    PipaRemovedFromLine: (plan, data, { occurredOn }) => removed(plan, ofPipa(data), occurredOn, data.reason),
    PairingAssignedToLine: (plan, data, { occurredOn }) => assigned(plan, ofPairing(data), occurredOn),
    PairingRemovedFromLine: (plan, data, { occurredOn }) => removed(plan, ofPairing(data), occurredOn, data.reason),
  },

  measures: {
    paccis: { counts: 'four-year action plans opened' },
    'pacci-assignments': {
      counts: 'assignments to lines of action that were not ended; what is assigned is the subject',
      by: ['line', 'kind'],
    },
  },
  facts: {
    PacciOpened: () => [{ measure: 'paccis', subject: 'pacci', quantity: 1 }],
    PipaAssignedToLine: (data) => counted(ofPipa(data), 1),
    PipaRemovedFromLine: (data) => counted(ofPipa(data), -1),
    PairingAssignedToLine: (data) => counted(ofPairing(data), 1),
    PairingRemovedFromLine: (data) => counted(ofPairing(data), -1),
  },
});
