import { namedEvent } from '../kernel/fields-events';
import type { Reader } from '../kernel/reserved';
import type { CitationsAnswer, EventCited, FigureCited } from '../monitoring/citations';
import type { Timeline, TimelineEntry } from '../reading/timeline';
import type { Language } from '../words/say';

interface Told extends EventCited {
  readonly stream: string;
  readonly revision: number;
  readonly type?: string;
  readonly sentence?: string;
  /** As it stands today. */
  readonly standing?: TimelineEntry['standing'];
  /** The correction or retraction. */
  readonly by?: string;
  /** What holds instead of it. */
  readonly nowSays?: string;
  /** It was corrected or retracted after the finding cited it. */
  readonly changed?: boolean;
}

/** The cited events as their timelines tell them to this reader, with how they stand today and whether that changed since they were cited. */
export const eventsAsTold = async (
  timeline: Timeline,
  items: CitationsAnswer['items'],
  reader: { readonly language: Language; readonly reader: Reader },
): Promise<readonly (FigureCited | Told)[]> => {
  const named = items.flatMap((item) => (item.is === 'event' ? [namedEvent(item.event)!] : []));
  const entries = await timeline.entries(named, reader);
  const causes = [...entries.values()].flatMap(({ by }) => (by === undefined ? [] : [namedEvent(by)!]));
  const caused = await timeline.entries(causes, reader);
  return items.map((item) => {
    if (item.is === 'figure') return item;
    const { stream, revision } = namedEvent(item.event)!;
    const entry = entries.get(item.event);
    if (!entry) return { ...item, stream, revision };
    const { type, sentence, standing, by, now } = entry;
    return {
      ...{ ...item, stream, revision, type, sentence, standing },
      ...(by !== undefined && { by }),
      ...(now && { nowSays: now.sentence }),
      changed: by !== undefined && (caused.get(by)?.recordedAt ?? '') > item.citedAt,
    };
  });
};
