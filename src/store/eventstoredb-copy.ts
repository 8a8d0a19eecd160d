import { runsOf, type CopyTarget } from './copying';
import { admit } from './door';
import type { EventStoreDbStore } from './eventstoredb';
import { EventStoreDbConnection } from './eventstoredb-connection';
import { actualRevision, ofAppend } from './eventstoredb-errors';
import { dataOf } from './eventstoredb-events';
import { WrongRevision, type Recorded } from './port';

/** Most bytes of one append; an event that has more goes alone. */
const most = 900_000;

/** An EventStoreDB to copy into: one append after the other, each at its exact revision, so that a repeat is recognised. */
export class EventStoreDbCopyTarget implements CopyTarget {
  private readonly connection: EventStoreDbConnection;

  constructor(
    readonly store: EventStoreDbStore,
    url: string,
    deadline = 30_000,
  ) {
    this.connection = new EventStoreDbConnection(url, deadline);
  }

  async write(events: readonly Recorded[]): Promise<void> {
    for (const run of runsOf(events, most)) await this.put(run);
  }

  renewEpoch(): Promise<string> {
    return this.store.renewEpoch();
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async put(run: readonly Recorded[]): Promise<void> {
    const { stream, revision } = run[0]!;
    const expected = revision === 0 ? 'none' : revision - 1;
    const data = admit(stream, run, expected).map((written, i) => dataOf(written, run[i]!.recordedAt));
    try {
      const answer = await this.connection.append(stream, data, expected === 'none' ? 'no_stream' : BigInt(expected));
      if (!answer.success) throw new WrongRevision(stream, expected, Number(answer.nextExpectedRevision));
    } catch (error) {
      const actual = actualRevision(error);
      throw actual === undefined ? ofAppend(error, stream) : new WrongRevision(stream, expected, actual);
    }
  }
}
