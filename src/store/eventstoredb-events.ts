import {
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  streamNameFilter,
  type EventData,
  type Filter as ServerFilter,
} from '@eventstore/db-client';
import { isStorable, type Written } from './door';
import { idOf, kindOf, type Filter, type NewEvent, type Recorded } from './port';

/** What the client gives of an event, whatever wrote it. */
export interface RawEvent {
  readonly id: string;
  readonly streamId: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
  /** Of the server. */
  readonly created: Date;
  readonly position?: { readonly commit: bigint };
}

/** An event as it is sent: its time of recording travels in its metadata. */
export const dataOf = ({ id, type, data, metadata }: Written, recordedAt: string): EventData =>
  jsonEvent({
    ...{ id, type },
    data: JSON.parse(data) as Record<string, never>,
    metadata: { recordedAt, ...(JSON.parse(metadata) as Record<string, never>) },
  });

/** Streams of the port are named `<kind>-<id>`; others belong to the server or hold the epoch. */
export const isOwn = (stream: string) => stream.includes('-') && kindOf(stream) !== '' && idOf(stream) !== '' && !stream.startsWith('$');

/** The event as the port has it, nothing for one of the server's. What another tool wrote has the server's time. */
export function recordedFrom(event: RawEvent | undefined): Recorded | undefined {
  if (!event || !isOwn(event.streamId) || event.type.startsWith('$')) return undefined;
  const { recordedAt, ...metadata } = (event.metadata ?? {}) as NewEvent['metadata'] & { readonly recordedAt?: string };
  return {
    stream: event.streamId,
    revision: Number(event.revision),
    position: event.position?.commit ?? 0n,
    recordedAt: recordedAt ?? event.created.toISOString(),
    id: event.id,
    type: event.type,
    data: event.data as NewEvent['data'],
    metadata,
  };
}

const escaped = (text: string) => text.replaceAll(/[^A-Za-z0-9]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * What the server can do of a filter; what it sends must be sifted once more.
 *
 * @param onCheckpoint told now and then how far the server has looked, also where nothing matches
 * @returns nothing where nothing can match
 */
export function serverFilter({ kinds, types }: Filter, onCheckpoint: () => void): ServerFilter | undefined {
  const [wantedKinds, wantedTypes] = [kinds?.filter(isStorable), types?.filter(isStorable)];
  if (wantedKinds?.length === 0 || wantedTypes?.length === 0) return undefined;
  const telling = { checkpointReached: onCheckpoint, checkpointInterval: 32 };
  if (wantedTypes) return eventTypeFilter({ ...telling, regex: `^(?:${wantedTypes.map(escaped).join('|')})$` });
  if (wantedKinds) return streamNameFilter({ ...telling, prefixes: wantedKinds.map((kind) => `${kind}-`) });
  return excludeSystemEvents(telling);
}
