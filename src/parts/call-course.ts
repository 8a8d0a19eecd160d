import { isDeepStrictEqual } from 'node:util';
import { Count, Name, officers, OneOf, ProtectedText, Ref, RuleSetRef, Slug, type TextRef, type Whole } from '../kernel/fields';
import { LocalTime, TimeZone } from '../kernel/fields-dates';
import { always, command, deadline, part } from '../kernel/part';
import { certainlyAfter, certainlyBefore, type Day, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { type Component, components } from './components';
import { themes as themesOfC1 } from './themes-of-c1';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface CallEvents {
  CallOpened: {
    title: string;
    component: Component;
    round: Whole;
    rules: string;
    /** Wall-clock time in `timeZone`. */
    deadline: string;
    timeZone: string;
    themes?: string[];
    programme?: string;
  };
  CallDeadlineExtended: { deadline: string; reason: TextRef };
  CallClosed: Record<string, never>;
  CallCancelled: { reason: TextRef };
}

export class OpenCall {
  @Name('Its title') title!: string;
  @OneOf('The component it feeds', components) component!: Component;
  @Count('Its number among the calls of the component', { min: 1, max: 100 }) round!: number;
  @RuleSetRef('The rule set it names') rules!: string;
  @LocalTime('Until when applications are taken') deadline!: string;
  @TimeZone('The time zone of the deadline') timeZone!: string;
  @Slug('Themes it asks for; left out where it takes all', { many: [1, 50], optional: true }) themes?: string[];
  @Ref('programme', 'The programme it belongs to', { optional: true }) programme?: string;
}
export class ExtendDeadline {
  @LocalTime('Until when applications are taken now, in the time zone of the call') deadline!: string;
  @ProtectedText('Why') reason!: TextRef;
}
export class CloseCall {}
export class CancelCall {
  @ProtectedText('Why') reason!: TextRef;
}

/** What opening a call must know of the programme it names. */
interface Seen {
  programme: { readonly components: readonly string[] };
}
interface Opened {
  readonly opening: CallEvents['CallOpened'];
  readonly openedOn: PartialDate;
  readonly closedOn?: PartialDate;
  readonly extensions: readonly { readonly deadline: string; readonly reason: TextRef; readonly on: PartialDate }[];
}
export type Call =
  | { readonly phase: 'absent' }
  | (Opened & { readonly phase: 'open' })
  | (Opened & { readonly phase: 'closed'; readonly endedOn: PartialDate })
  | (Opened & { readonly phase: 'cancelled'; readonly endedOn: PartialDate; readonly reason: TextRef });

const says = vocabulary({
  NO_SUCH_CALL: 'The call was never opened',
  CALL_OPENED_OTHERWISE: 'The call was opened already, otherwise',
  COMPONENT_WITHOUT_RULES: 'Rule set {rules} says nothing of the countries of component {component}',
  NO_PROGRAMME_TO_BELONG_TO: 'There is no programme {programme}: it was never opened, or its opening was taken back',
  COMPONENT_NOT_OF_PROGRAMME: 'Programme {programme} has no component {component}',
  NOT_A_THEME_OF_C1: '{theme} is not one of the fifteen themes of component 1',
  DEADLINE_BEFORE_OPENING: 'The deadline {deadline} comes before the call opened on {openedOn}',
  DEADLINE_NOT_LATER: 'An extended deadline comes after {deadline}, the one that stands',
  CALL_HAS_ENDED: 'The call was {phase, select, cancelled {cancelled} other {closed}} on {endedOn}',
});

/** Every deadline the call had, each with the date it was set, in the order of the deadlines. */
export const deadlinesOf = ({
  opening,
  openedOn,
  extensions,
}: Opened): readonly { readonly deadline: string; readonly on: PartialDate }[] =>
  [{ deadline: opening.deadline, on: openedOn }, ...extensions.map(({ deadline, on }) => ({ deadline, on }))].toSorted((one, other) =>
    one.deadline < other.deadline ? -1 : 1,
  );
/** A deadline is only ever moved to a later one: the latest stands, whatever was recorded late. */
export const deadlineOf = (opened: Opened): string => deadlinesOf(opened).at(-1)!.deadline;
const dayOf = (localTime: string): Day => localTime.slice(0, 10);

/** From when on a call takes no more applications; undefined while it is open. One that was closed may be cancelled since. */
export const takesNoneFrom = (call: Exclude<Call, { phase: 'absent' }>): PartialDate | undefined => {
  if (call.phase === 'open') return undefined;
  return call.closedOn !== undefined && certainlyBefore(call.closedOn, call.endedOn) ? call.closedOn : call.endedOn;
};

/** Later by the dates or, where both have the very same date, by the order of recording. */
const follows = (occurredOn: PartialDate, on: PartialDate) => certainlyAfter(occurredOn, on) || occurredOn === on;
export const opened = (call: Call) => (call.phase === 'absent' ? [says.lack('NO_SUCH_CALL')] : []);
const ended = ({ phase, endedOn }: Exclude<Call, { phase: 'absent' | 'open' }>) => [says.lack('CALL_HAS_ENDED', { phase, endedOn })];

/** What keeps the rest of a call from happening on a date: it was never opened, or was cancelled by then. */
export const notCancelledBy = (call: Call, occurredOn: PartialDate) =>
  call.phase === 'cancelled' && follows(occurredOn, call.endedOn) ? ended(call) : opened(call);

/** From opening to closing, or cancelled; several rounds feed one component (closing newsletter: pairings were formed through three calls). */
export const callCourse = part<CallEvents, Call, unknown, Seen>()({
  says,
  commands: {
    OpenCall: command(OpenCall, officers, ['CallOpened']),
    ExtendDeadline: command(ExtendDeadline, officers, ['CallDeadlineExtended']),
    CloseCall: command(CloseCall, officers, ['CallClosed']),
    CancelCall: command(CancelCall, officers, ['CallCancelled']),
  },
  initial: { phase: 'absent' },
  refs: { OpenCall: ({ programme }) => (programme === undefined ? {} : { programme: [programme] }) },
  offers: {
    OpenCall: ({ phase }) => (phase === 'absent' ? [{}] : []),
    ExtendDeadline: () => [{ such: { deadline: '2199-12-31T23:59' } }],
    CloseCall: always,
    CancelCall: always,
  },

  decide: {
    OpenCall: ({ title, component, round, rules, deadline, timeZone, themes, programme }, call, _, __, found) => {
      const data = { title, component, round, rules, deadline, timeZone, ...(themes && { themes }), ...(programme && { programme }) };
      if (call.phase !== 'absent' && isDeepStrictEqual(call.opening, data)) return [];
      if (programme !== undefined) {
        const seen = found.programme(programme);
        if (!seen) throw says.no('NO_PROGRAMME_TO_BELONG_TO', { programme });
        if (!seen.components.includes(component)) throw says.no('COMPONENT_NOT_OF_PROGRAMME', { programme, component });
      }
      return [{ type: 'CallOpened', data }];
    },
    ExtendDeadline: ({ deadline, reason }, call) => {
      const stands =
        call.phase !== 'absent' && call.extensions.some((each) => each.deadline === deadline && isDeepStrictEqual(each.reason, reason));
      return stands ? [] : [{ type: 'CallDeadlineExtended', data: { deadline, reason } }];
    },
    CloseCall: (_, call, { occurredOn }) =>
      call.phase !== 'absent' && call.closedOn === occurredOn ? [] : [{ type: 'CallClosed', data: {} }],
    CancelCall: ({ reason }, call) =>
      call.phase === 'cancelled' && isDeepStrictEqual(call.reason, reason) ? [] : [{ type: 'CallCancelled', data: { reason } }],
  },

  requires: {
    CallOpened: (call, { component, deadline, themes = [] }, { occurredOn, rules }) => {
      if (call.phase !== 'absent') return [says.lack('CALL_OPENED_OTHERWISE')];
      const strange = component === 'C1' ? themes.find((each) => !(themesOfC1 as readonly string[]).includes(each)) : undefined;
      return [
        ...(Object.hasOwn(rules.countries, component) ? [] : [says.lack('COMPONENT_WITHOUT_RULES', { rules: rules.name, component })]),
        ...(strange === undefined ? [] : [says.lack('NOT_A_THEME_OF_C1', { theme: strange })]),
        ...(certainlyBefore(dayOf(deadline), occurredOn) ? [says.lack('DEADLINE_BEFORE_OPENING', { deadline, openedOn: occurredOn })] : []),
      ];
    },
    CallDeadlineExtended: (call, { deadline }, { occurredOn }) => {
      if (call.phase === 'absent') return opened(call);
      if (call.phase !== 'open' && follows(occurredOn, call.endedOn)) return ended(call);
      const standing = deadlinesOf(call).findLast(({ on }) => follows(occurredOn, on));
      return standing && deadline <= standing.deadline ? [says.lack('DEADLINE_NOT_LATER', { deadline: standing.deadline })] : [];
    },
    CallClosed: (call) => (call.phase === 'absent' || call.phase === 'open' ? opened(call) : ended(call)),
    CallCancelled: (call) => (call.phase === 'cancelled' ? ended(call) : opened(call)),
  },

  evolve: {
    CallOpened: (_, opening, { occurredOn }) => ({ phase: 'open', opening, openedOn: occurredOn, extensions: [] }),
    CallDeadlineExtended: (call, { deadline, reason }, { occurredOn }) =>
      call.phase === 'absent' ? call : { ...call, extensions: [...call.extensions, { deadline, reason, on: occurredOn }] },
    CallClosed: (call, _, { occurredOn }) =>
      call.phase === 'open' ? { ...call, phase: 'closed', closedOn: occurredOn, endedOn: occurredOn } : call,
    CallCancelled: (call, { reason }, { occurredOn }) =>
      call.phase === 'absent' ? call : { ...call, phase: 'cancelled', endedOn: occurredOn, reason },
  },

  measures: {
    calls: { counts: 'calls opened and not cancelled' },
    'calls-extended': { counts: 'extensions of a deadline' },
    'calls-cancelled': { counts: 'calls cancelled' },
  },
  facts: {
    CallOpened: () => [{ measure: 'calls', subject: 'call', quantity: 1 }],
    CallDeadlineExtended: ({ deadline }) => [{ measure: 'calls-extended', subject: `deadline ${deadline}`, quantity: 1 }],
    CallCancelled: () => [
      { measure: 'calls', subject: 'call', quantity: -1 },
      { measure: 'calls-cancelled', subject: 'call', quantity: 1 },
    ],
  },

  // The day until which it takes applications, as it was extended; met by closing it. One that was cancelled has nothing left to close.
  deadlines: (call) =>
    call.phase === 'absent' || call.phase === 'cancelled'
      ? []
      : [deadline('call-closing', undefined, dayOf(deadlineOf(call)), call.closedOn)],
});
