import { isStorable } from './door';
import type { EventStoreDbConnection, Take } from './eventstoredb-connection';
import { isInvalidPosition, isNoStream, ofRead } from './eventstoredb-errors';
import { isOwn, recordedFrom, serverFilter, type RawEvent } from './eventstoredb-events';
import { matching } from './memory';
import type { Filter, Reading, Recorded } from './port';

/** How many events are asked for, again and again, when the newest of the port's is looked for among the server's own. */
function* looks(): Generator<number, undefined> {
  for (let most = 2; ; most = Math.min(8 * most, 4_096)) yield most;
}

const positionOf = (event: RawEvent) => event.position?.commit ?? 0n;

const all = async (sent: (take: Take) => Promise<void>): Promise<readonly RawEvent[]> => {
  const found: RawEvent[] = [];
  await sent((event) => {
    if (event) found.push(event);
    return false;
  });
  return found;
};

/** Reads of the store. What was read is told to whoever gives the times of recording. */
export class EventStoreDbReads {
  private known = 0n;

  /** @param onSeen told the time of recording of every event that is read */
  constructor(
    private readonly connection: EventStoreDbConnection,
    private readonly onSeen: (recordedAt: string) => void,
  ) {}

  /** The highest position of an event that this process knows of. */
  get highest(): bigint {
    return this.known;
  }

  /** There is an event at a position. */
  saw(position: bigint, recordedAt: string): void {
    if (position > this.known) this.known = position;
    this.onSeen(recordedAt);
  }

  async stream(name: string, { from = 0, limit = Number.MAX_SAFE_INTEGER }: Reading = {}): Promise<readonly Recorded[]> {
    if (!isOwn(name) || !isStorable(name) || limit < 1) return [];
    const read = await this.raw(name, BigInt(from), limit);
    return read.flatMap((event) => this.recorded(event) ?? []);
  }

  /** A stream's events as the client gives them, also of one that is not the port's; the last one where `from` is `end`. */
  async raw(name: string, from: bigint | 'end', limit: number): Promise<readonly RawEvent[]> {
    return this.again(() =>
      all((take) => this.connection.stream(name, from, limit, take)).catch((error: unknown) => {
        if (isNoStream(error)) return [];
        throw error;
      }),
    );
  }

  async all(after: bigint, limit: number, filter: Filter = {}): Promise<readonly Recorded[]> {
    if (limit < 1) return [];
    return this.again(async () => {
      const found: Recorded[] = [];
      await this.upToNow(after, filter, (event) => {
        found.push(event);
        return found.length === limit;
      });
      return found;
    });
  }

  async countAfter(after: bigint, filter: Filter = {}): Promise<number> {
    return this.again(async () => {
      let count = 0;
      await this.upToNow(after, filter, () => {
        count += 1;
        return false;
      });
      return count;
    });
  }

  async head(): Promise<bigint> {
    return (await this.newest())?.position ?? this.known;
  }

  /** The newest event, nothing where there is none that was not seen before. */
  async newest(): Promise<Recorded | undefined> {
    return this.again(async () => {
      const known = this.known;
      let before: bigint | 'end' = 'end';
      for (const most of looks()) {
        const page = await all((take) => this.connection.newest(before, most, take));
        for (const event of page) {
          const recorded = this.recorded(event);
          if (recorded || positionOf(event) <= known) return recorded;
        }
        if (page.length < most) return undefined;
        before = positionOf(page.at(-1)!);
      }
    });
  }

  /** The highest position not above another at which the log has an event, whoever's. */
  async atOrBelow(position: bigint): Promise<bigint> {
    let found = 0n;
    await this.connection.newest('end', Number.MAX_SAFE_INTEGER, (event) => {
      if (event) found = positionOf(event);
      return found <= position;
    });
    return found <= position ? found : 0n;
  }

  recorded(event: RawEvent | undefined): Recorded | undefined {
    const recorded = recordedFrom(event);
    if (recorded) this.saw(recorded.position, recorded.recordedAt);
    return recorded;
  }

  private async upToNow(after: bigint, filter: Filter, take: (event: Recorded) => boolean): Promise<void> {
    if (!serverFilter(filter, () => undefined)) return;
    const matches = matching(filter);
    const sift: Take = (event) => {
      const recorded = this.recorded(event);
      return recorded !== undefined && matches(recorded) && take(recorded);
    };
    const from = (position: bigint) => this.connection.upToNow(position, (beat) => ({ filter: serverFilter(filter, beat)! }), sift);
    try {
      await from(after);
    } catch (error) {
      if (!isInvalidPosition(error)) throw error;
      await from(await this.atOrBelow(after));
    }
  }

  /** Once more, because a connection that broke while it was idle is noticed by the first who uses it. */
  private async again<Result>(read: () => Promise<Result>): Promise<Result> {
    try {
      return await read();
    } catch {
      return await read().catch((error: unknown) => {
        throw ofRead(error);
      });
    }
  }
}
