import type { FactCorrected, FactRetracted } from '../kernel/corrections';
import { goneIn, isCorrection, type Standing, type Stored } from '../kernel/history';
import type { TypedEvent } from '../kernel/lifecycle';
import { daysBetween, lastDay } from '../kernel/partial-date';

/** How an entry stands today: what was taken back is still shown, and by what. */
export interface Stands {
  readonly standing: 'in-force' | 'retracted' | 'corrected';
  /** Revision of the retraction or of the correction. */
  readonly by?: number;
  /** What holds instead of it. */
  readonly now?: { readonly occurredOn: string; readonly data: unknown };
}

const untouched: Stands = { standing: 'in-force' };

/** How each event of a history stands, by revision. */
export const standings = (history: readonly Stored[], inForce: readonly Standing[]): readonly Stands[] => {
  if (!history.some(isCorrection)) return history.map(() => untouched);
  const gone = goneIn(history);
  const retractedBy = new Map<number, number>();
  const correctedBy = new Map<number, number>();
  const latest = new Map<number, number>();
  for (const { type, data, revision } of history) {
    if (gone.has(revision) || !isCorrection({ type, data })) continue;
    const target = (data as FactRetracted | FactCorrected).revision;
    if (type === 'FactRetracted') retractedBy.set(target, revision);
    else {
      const before = latest.get(target);
      if (before !== undefined) correctedBy.set(before, revision);
      latest.set(target, revision);
    }
  }
  const corrected = new Map(inForce.filter((event) => event.correctedBy !== undefined).map((event) => [event.revision, event]));
  return history.map(({ revision }): Stands => {
    const back = retractedBy.get(revision);
    if (gone.has(revision) && back !== undefined) return { standing: 'retracted', by: back };
    const now = corrected.get(revision);
    if (now) return { standing: 'corrected', by: now.correctedBy!, now: { occurredOn: now.occurredOn, data: now.data } };
    const replaced = correctedBy.get(revision);
    return replaced === undefined ? untouched : { standing: 'corrected', by: replaced };
  });
};

/** What a correction or a retraction is about: the fact it names, or the one that the correction it takes back was about. */
export const aboutOf = (history: readonly Stored[], { type, data }: TypedEvent): TypedEvent | undefined => {
  if (type === 'FactCorrected') return { type: (data as FactCorrected).type, data: (data as FactCorrected).data };
  if (type !== 'FactRetracted') return undefined;
  const target = history[(data as FactRetracted).revision]!;
  return isCorrection(target) ? aboutOf(history, target) : target;
};

/** The fact that a correction or a retraction is about in the end; of any other event itself. */
export const factOf = (history: readonly Stored[], event: Stored): Stored =>
  isCorrection(event) ? factOf(history, history[(event.data as FactRetracted | FactCorrected).revision]!) : event;

const kinds: Readonly<Record<string, string>> = { FactCorrected: 'correction', FactRetracted: 'retraction', GateWaived: 'waiver' };
/** What kind of thing a retraction takes back. */
export const kindOfTarget = (history: readonly Stored[], { type, data }: TypedEvent): string | undefined =>
  type === 'FactRetracted' ? (kinds[history[(data as FactRetracted).revision]!.type] ?? 'fact') : undefined;

/** Whole days between the last day a fact can have happened on and its recording; undefined where it was recorded in time. */
export const recordedLate = ({
  occurredOn,
  recordedAt,
}: {
  readonly occurredOn: string;
  readonly recordedAt: string;
}): number | undefined => {
  const days = daysBetween(lastDay(occurredOn), recordedAt.slice(0, 10));
  return days > 0 ? days : undefined;
};
