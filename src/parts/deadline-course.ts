import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Count, Name, Slug, type Whole } from '../kernel/fields';
import { Day } from '../kernel/fields-dates';
import { command, type Deadline, part } from '../kernel/part';
import { addDays, certainlyAfter, type Day as WholeDay, firstDay, lastDay, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

/** `of`: the stream whose deadline it is; `key`: names it there; `about`: which one, where there may be several; `on`: its day. */
interface Which {
  of: string;
  key: string;
  what: string;
  about?: string;
  on: string;
}
/** `before`: so many days before the day. */
interface Reminder extends Which {
  before: Whole;
}
/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface DeadlineEvents {
  /** Also moved to another day, or back in force. */
  DeadlineSet: Which;
  ReminderGiven: Reminder;
  /** Its time had gone by before anybody could give it: the next one, or that the deadline was missed, says what there is to say. */
  ReminderPassedOver: Reminder;
  DeadlineMissed: Which;
  DeadlineMet: Which;
  /** What it was for no longer has to be done. */
  DeadlineLifted: Which;
}

export class SetDeadline {
  @Name('The stream whose deadline it is') of!: string;
  @Name('What names it there') key!: string;
  @Slug('What is to be done') what!: string;
  @Name('Which one, where there may be several', { optional: true }) about?: string;
  @Day('Its last day') on!: string;
}
export class GiveReminder {
  @Day('The day of the deadline') on!: string;
  @Count('How many days before it', { min: 1, max: 3_660 }) before!: number;
}
export class MissDeadline {
  @Day('The day of the deadline') on!: string;
}
export class MeetDeadline {}
export class LiftDeadline {}

export type DeadlineCourse =
  | { readonly is: 'absent' }
  | {
      readonly is: 'open' | 'met' | 'lifted';
      readonly set: DeadlineEvents['DeadlineSet'];
      /** When this day was recorded: reminders that would have come before had nobody to give them. */
      readonly setAt: WholeDay;
      /** Reminders given or passed over, by the day they were for. */
      readonly reminded: readonly { readonly on: WholeDay; readonly before: number }[];
      /** The days on which it was missed. */
      readonly missed: readonly WholeDay[];
      readonly metOn?: PartialDate;
    };

/** Own rule: a reminder thirty days before, another a week before. */
export const remindersBefore = [30, 7] as const;

/** The stream of a deadline, from what it is of: always the same. */
export const deadlineId = (of: string, key: string): string => createHash('sha256').update(`${of} ${key}`).digest('hex').slice(0, 32);

/** The body of the command that sets a deadline of a stream. */
export const settingOf = (of: string, { key, what, about, on }: Deadline): DeadlineEvents['DeadlineSet'] => ({
  ...{ of, key, what },
  ...(about !== undefined && { about }),
  on,
});

const says = vocabulary({
  NO_SUCH_DEADLINE: 'There is no such deadline',
  DEADLINE_OF_ANOTHER_STREAM: 'The deadline {key} of {of} has another id: {id}',
  DEADLINE_NOT_OPEN: 'The deadline is {is, select, met {met} other {lifted}}: there is nothing to wait for',
  DEADLINE_ON_ANOTHER_DAY: 'The deadline is on {on}, not on {asked}',
  REMINDED_ALREADY: 'The reminder {before} days before {on} is on record already',
  MISSED_ALREADY: 'That the deadline of {on} was missed is on record already',
});

/** From which day on a reminder is out of time: that of the next one, or the day after the deadline. */
const outOfTimeFrom = (on: WholeDay, before: number): WholeDay => {
  const next = remindersBefore.find((each) => each < before);
  return next === undefined ? addDays(on, 1) : addDays(on, -next);
};
type Standing = Exclude<DeadlineCourse, { readonly is: 'absent' }>;
const isReminded = ({ reminded }: Standing, on: WholeDay, before: number) =>
  reminded.some((each) => each.on === on && each.before === before);
/** What the calendar has still to say of it. */
const ahead = (now: DeadlineCourse) => {
  if (now.is !== 'open' || now.missed.includes(now.set.on)) return { reminders: [], on: undefined };
  const { on } = now.set;
  return { on, reminders: remindersBefore.filter((before) => !isReminded(now, on, before) && outOfTimeFrom(on, before) > now.setAt) };
};

const waitingFor = (now: DeadlineCourse, asked: WholeDay) => {
  if (now.is === 'absent') return [says.lack('NO_SUCH_DEADLINE')];
  if (now.is !== 'open') return [says.lack('DEADLINE_NOT_OPEN', { is: now.is })];
  return now.set.on === asked ? [] : [says.lack('DEADLINE_ON_ANOTHER_DAY', { on: now.set.on, asked })];
};
const toRemind = (now: DeadlineCourse, { on, before }: DeadlineEvents['ReminderGiven']) =>
  now.is !== 'absent' && isReminded(now, on, before) ? [says.lack('REMINDED_ALREADY', { on, before })] : waitingFor(now, on);
const there = (now: DeadlineCourse) => (now.is === 'absent' ? [says.lack('NO_SUCH_DEADLINE')] : []);
const which = ({ of, key, what, about, on }: Which): Which => ({ ...{ of, key, what }, ...(about !== undefined && { about }), on });
const reminded = (now: DeadlineCourse, { on, before }: DeadlineEvents['ReminderGiven']): DeadlineCourse =>
  now.is === 'absent' ? now : { ...now, reminded: [...now.reminded, { on, before }] };

/** A deadline of another stream, beside it: reminders, that it was missed and that it was met change nobody's revision but its own. */
export const deadlineCourse = part<DeadlineEvents, DeadlineCourse>()({
  says,
  commands: {
    SetDeadline: command(SetDeadline, ['service'], ['DeadlineSet']),
    GiveReminder: command(GiveReminder, ['service'], ['ReminderGiven', 'ReminderPassedOver']),
    MissDeadline: command(MissDeadline, ['service'], ['DeadlineMissed']),
    MeetDeadline: command(MeetDeadline, ['service'], ['DeadlineMissed', 'DeadlineMet']),
    LiftDeadline: command(LiftDeadline, ['service'], ['DeadlineLifted']),
  },
  initial: { is: 'absent' },
  // Its id follows from what it is of, which nobody has at hand but who sets it.
  offers: {
    SetDeadline: () => [],
    GiveReminder: (now) => {
      const { on, reminders } = ahead(now);
      return on === undefined ? [] : reminders.map((before) => ({ known: { on, before }, on: addDays(on, -before) }));
    },
    MissDeadline: (now) => {
      const { on } = ahead(now);
      return on === undefined ? [] : [{ known: { on }, on: addDays(on, 1) }];
    },
    MeetDeadline: (now) => (now.is === 'open' ? [{}] : []),
    LiftDeadline: (now) => (now.is === 'open' ? [{}] : []),
  },

  decide: {
    SetDeadline: (form, now, _, __, ___, id) => {
      const data = which(form);
      const own = deadlineId(data.of, data.key);
      if (own !== id) throw says.no('DEADLINE_OF_ANOTHER_STREAM', { of: data.of, key: data.key, id: own });
      return now.is === 'open' && isDeepStrictEqual(now.set, data) ? [] : [{ type: 'DeadlineSet', data }];
    },
    GiveReminder: ({ on, before }, now, { recordedAt }) => {
      if (now.is === 'absent') throw says.no('NO_SUCH_DEADLINE');
      if (isReminded(now, on, before)) return [];
      const data = { ...which({ ...now.set, on }), before };
      return [{ type: recordedAt.slice(0, 10) < outOfTimeFrom(on, before) ? 'ReminderGiven' : 'ReminderPassedOver', data }];
    },
    MissDeadline: ({ on }, now) => {
      if (now.is === 'absent') throw says.no('NO_SUCH_DEADLINE');
      if (now.missed.includes(on)) return [];
      if (now.is !== 'open') throw says.no('DEADLINE_NOT_OPEN', { is: now.is });
      return [{ type: 'DeadlineMissed', data: which({ ...now.set, on }) }];
    },
    MeetDeadline: (_, now, { occurredOn }) => {
      if (now.is === 'absent') throw says.no('NO_SUCH_DEADLINE');
      if (now.is === 'met' && now.metOn === occurredOn) return [];
      const data = which(now.set);
      const missed = now.is !== 'lifted' && certainlyAfter(occurredOn, data.on) && !now.missed.includes(data.on);
      return [...(missed ? [{ type: 'DeadlineMissed' as const, data }] : []), { type: 'DeadlineMet', data }];
    },
    // Where nothing says that there is one, nothing is to be lifted: what set it was taken back together with what it was of.
    LiftDeadline: (_, now) => (now.is === 'absent' || now.is === 'lifted' ? [] : [{ type: 'DeadlineLifted', data: which(now.set) }]),
  },

  requires: {
    ReminderGiven: toRemind,
    ReminderPassedOver: toRemind,
    // Also where it is on record as met: it turns out to have been met on a later day.
    DeadlineMissed: (now, { on }) =>
      now.is !== 'absent' && now.missed.includes(on)
        ? [says.lack('MISSED_ALREADY', { on })]
        : waitingFor(now.is === 'met' ? { ...now, is: 'open' } : now, on),
    DeadlineMet: there,
    DeadlineLifted: there,
  },

  evolve: {
    DeadlineSet: (now, set, { recordedAt }) => ({
      ...{ is: 'open', set, setAt: recordedAt.slice(0, 10) },
      reminded: now.is === 'absent' ? [] : now.reminded,
      missed: now.is === 'absent' ? [] : now.missed,
    }),
    ReminderGiven: reminded,
    ReminderPassedOver: reminded,
    DeadlineMissed: (now, { on }) => (now.is === 'absent' ? now : { ...now, missed: [...now.missed, on] }),
    DeadlineMet: (now, _, { occurredOn: metOn }) => (now.is === 'absent' ? now : { ...now, is: 'met', metOn }),
    DeadlineLifted: (now) => (now.is === 'absent' ? now : { ...now, is: 'lifted' }),
  },

  measures: {
    'reminders-given': { counts: 'reminders of deadlines', by: ['deadline'] },
    'deadlines-missed': { counts: 'deadlines missed, also where it was done later', by: ['deadline'] },
  },
  facts: {
    ReminderGiven: ({ what, on, before }) => [
      { measure: 'reminders-given', subject: `reminder ${before} before ${on}`, quantity: 1, by: { deadline: what } },
    ],
    DeadlineMissed: ({ what, on }) => [
      { measure: 'deadlines-missed', subject: `day ${on}`, quantity: 1, on: addDays(on, 1), by: { deadline: what } },
    ],
  },

  // One after the other, so that each is decided on what came before it.
  due: (now) => {
    const { on, reminders } = ahead(now);
    if (on === undefined) return [];
    const [before] = reminders;
    return before === undefined
      ? [{ on: addDays(on, 1), name: 'MissDeadline' as const, body: { on } }]
      : [{ on: addDays(on, -before), name: 'GiveReminder' as const, body: { on, before } }];
  },
  precludes: {
    MeetDeadline: (_, now, occurredOn) => (fact) =>
      fact.type === 'DeadlineMissed' && now.is !== 'absent' && fact.data.on === now.set.on && firstDay(occurredOn) <= fact.data.on,
    // It was moved to another day, or lifted, by the day that was thought to be its last.
    SetDeadline:
      ({ on }, _, occurredOn) =>
      (fact) =>
        fact.type === 'DeadlineMissed' && fact.data.on !== on && lastDay(occurredOn) <= fact.data.on,
    LiftDeadline: (_, __, occurredOn) => (fact) => fact.type === 'DeadlineMissed' && lastDay(occurredOn) <= fact.data.on,
  },
});
