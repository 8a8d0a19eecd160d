import { isDeepStrictEqual } from 'node:util';
import { type AnyLifecycle, deadlinesOf, hasDeadlines } from '../kernel/lifecycle';
import type { Deadline } from '../kernel/part';
import { type Changed, following, type Order, order, type Policy } from '../kernel/policy';
import type { PartialDate } from '../kernel/partial-date';
import { deadlineId, settingOf } from '../parts/deadline-course';
import { lifecycles } from './all';
import { deadline } from './deadline';

/** What has to be recorded of a deadline because it changed. */
const because = (of: string, since: PartialDate, was: Deadline | undefined, is: Deadline | undefined): readonly Order[] => {
  const id = deadlineId(of, (is ?? was)!.key);
  if (is === undefined) return [order(deadline, id, 'LiftDeadline', {}, since)];
  const set = was?.on !== is.on || (was.met !== undefined && is.met === undefined);
  return [
    ...(set ? [order(deadline, id, 'SetDeadline', settingOf(of, is), since)] : []),
    ...(is.met !== undefined && (set || was.met !== is.met) ? [order(deadline, id, 'MeetDeadline', {}, is.met)] : []),
  ];
};

const keptOf = (of: AnyLifecycle): Policy =>
  following(of, {
    name: `deadlines-of-${of.name}`,
    rule: 'A deadline that is set, moved, met or no longer stands is recorded in a stream of its own, where its reminders are given.',
    follows: ({ id, before, after, since, book }: Changed) => {
      const [was, is] = [before, after].map((state) => new Map(deadlinesOf(of, state, book).map((each) => [each.key, each])));
      return [...new Set([...was!.keys(), ...is!.keys()])].flatMap((key) => {
        const [then, now] = [was!.get(key), is!.get(key)];
        if (isDeepStrictEqual(then, now)) return [];
        const day = since((state) => deadlinesOf(of, state, book).find((each) => each.key === key)?.on === now?.on);
        return because(`${of.name}-${id}`, day, then, now);
      });
    },
    refused: () => [],
  });

/** One for each lifecycle whose parts have deadlines. */
export const keptDeadlines: readonly Policy[] = Object.values<AnyLifecycle>(lifecycles).filter(hasDeadlines).map(keptOf);
