import { inForce, type Standing, type Stored } from '../kernel/history';
import type { TypedEvent } from '../kernel/lifecycle';
import { type Day, lastDay } from '../kernel/partial-date';
import type { Recorded } from '../store/port';
import { aboutOf, factOf, kindOfTarget, recordedLate, standings, type Stands } from './timeline-rows';

/** What of an entry is stored: all but what depends on the reader. */
export interface Kept extends Stands, TypedEvent {
  readonly occurredOn: string;
  readonly actor: string;
  readonly roles: readonly string[];
  readonly rules?: string;
  readonly waived: readonly string[];
  readonly recordedLate?: number;
  readonly about?: TypedEvent;
  readonly kind?: string;
}
export interface TimelineRow {
  readonly stream: string;
  readonly revision: number;
  /** When it had certainly happened, as it is dated now. */
  readonly sort_day: Day;
  readonly position: string;
  readonly recorded_at: string;
  readonly entry: Kept;
  readonly correlation_id: string;
}

/** An entry for each event of a stream from a revision on, saying how it stands after all of them. */
export const timelineRows = (
  recorded: readonly Recorded[],
  history: readonly Stored[],
  standing: readonly Standing[],
  from: number,
): readonly TimelineRow[] => {
  const stands = standings(history, standing);
  return history.slice(from).map((event): TimelineRow => {
    const { revision, type, data, occurredOn, recordedAt, actor, roles, rules, waived = [] } = event;
    const { stream, position, metadata } = recorded[revision]!;
    const about = aboutOf(history, event);
    const kind = kindOfTarget(history, event);
    const late = recordedLate(event);
    return {
      stream,
      revision,
      sort_day: lastDay(stands[revision]!.now?.occurredOn ?? occurredOn),
      position: String(position),
      recorded_at: recordedAt,
      entry: {
        ...{ type, data, occurredOn, actor, roles, waived },
        ...stands[revision]!,
        ...(rules === undefined ? {} : { rules }),
        ...(late === undefined ? {} : { recordedLate: late }),
        ...(about === undefined ? {} : { about: { type: about.type, data: about.data } }),
        ...(kind === undefined ? {} : { kind }),
      },
      correlation_id: metadata.correlationId,
    };
  });
};

/** The entries of what had certainly happened by a day; what was corrected or taken back about it is told with it, whenever that was. */
export const rowsAsOf = (recorded: readonly Recorded[], history: readonly Stored[], asOf: Day): readonly TimelineRow[] => {
  const rows = timelineRows(recorded, history, inForce(history), 0);
  return rows.filter(({ revision }) => rows[factOf(history, history[revision]!).revision]!.sort_day <= asOf);
};
