import { byDate, certainlyAfter, certainlyBefore, certainlyBetween, type PartialDate } from './partial-date';

/** What lasts from one date to another; `to` is left out while nothing ended it. Beginnings and ends may be recorded in any order. */
export interface Span {
  readonly from: PartialDate;
  readonly to?: PartialDate;
}

/** The one that keeps another from beginning on a date: while one lasts, another comes at the most before it. */
export const inTheWay = <One extends Span>(spans: readonly One[], date: PartialDate): One | undefined =>
  spans.find(({ from, to }) => (to === undefined ? !certainlyBefore(date, from) : date === from || certainlyBetween(date, from, to)));

/** The one that an end on this date ends: the latest that began by then and that nothing ended. */
export const endedBy = <One extends Span>(spans: readonly One[], date: PartialDate): One | undefined =>
  spans
    .filter(({ from, to }) => to === undefined && !certainlyAfter(from, date))
    .toSorted(inOrder)
    .at(-1);

/** The next one that certainly began after another. */
export const nextAfter = <One extends Span>(spans: readonly One[], { from }: Span): One | undefined =>
  spans.filter((each) => certainlyAfter(each.from, from)).toSorted(inOrder)[0];

/** The one that a date certainly lies in; the days on which it began and ended do not count. */
export const around = <One extends Span>(spans: readonly One[], date: PartialDate): One | undefined =>
  spans.find((each) => certainlyBetween(date, each.from, each.to ?? nextAfter(spans, each)?.from));

/** The one that lasts. */
export const lasting = <One extends Span>(spans: readonly One[]): One | undefined =>
  spans.findLast((each) => each.to === undefined && !nextAfter(spans, each));

/** With an end for the one that ends on this date. */
export const endOn = <One extends Span>(spans: readonly One[], date: PartialDate): readonly One[] => {
  const ended = endedBy(spans, date);
  return spans.map((each) => (each === ended ? { ...each, to: date } : each));
};

const inOrder = (one: Span, other: Span) => byDate(one.from, other.from);
