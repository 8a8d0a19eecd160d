import { jsonEvent } from '@eventstore/db-client';
import type { EventStoreDbConnection } from './eventstoredb-connection';
import { actualRevision, ofAppend, ofRead } from './eventstoredb-errors';
import type { EventStoreDbReads } from './eventstoredb-read';
import { Unavailable } from './port';

/** No stream of the port has a name without a hyphen: no reader sees this one. Its last event's id is the epoch. */
const stream = 'puente_epoch';

const tries = 10;

/** The store's epoch; one is begun where there is none. */
export async function epochOf(connection: EventStoreDbConnection, reads: EventStoreDbReads, newId: () => string): Promise<string> {
  const [last] = await reads.raw(stream, 'end', 1).catch((error: unknown) => {
    throw ofRead(error);
  });
  return last?.id ?? beginEpoch(connection, reads, newId(), 'no_stream');
}

/**
 * @param after the revision it must follow; whatever there is where left out
 * @returns the epoch that holds now: this one, or that of a process which was faster where there was none
 */
export async function beginEpoch(
  connection: EventStoreDbConnection,
  reads: EventStoreDbReads,
  id: string,
  after?: 'no_stream',
): Promise<string> {
  const event = jsonEvent({ id, type: 'EpochBegan', data: {} });
  let failure: unknown;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [last] = await reads.raw(stream, 'end', 1).catch((error: unknown) => {
      throw ofRead(error);
    });
    if (last && (after !== undefined || last.id === id)) return last.id;
    try {
      await connection.append(stream, [event], last?.revision ?? 'no_stream');
      return id;
    } catch (error) {
      if (actualRevision(error) === undefined) failure = ofAppend(error, stream);
    }
  }
  throw failure instanceof Error ? failure : new Unavailable('the epoch of the EventStoreDB is being written by too many at once');
}
