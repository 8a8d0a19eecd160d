import type { Pool } from 'pg';
import { askRetry, type Parked, parked } from '../../src/engine/runner-parking';
import type { Filter } from '../../src/store/port';
import { PostgresStore } from '../../src/store/postgres';
import type { Attempt, Heard } from '../stores/history';
import { breaches } from '../stores/history-checker';
import { Recorder } from '../stores/recorder';
import { poolOf } from './pool';
import type { Process, Spares } from './processes';
import { type Projecting, runnerOn } from './projecting';
import { differences, leastCheckpoint, rowsOf } from './read-models';
import type { KilledServer } from './server';
import { eventually, within } from './waiting';
import type { Writing, Written } from './writing';

/** What is done to whom; as often as it stands here. */
export const deeds = [
  ...['kill a writer', 'kill a writer', 'kill a writer', 'kill a writer', 'kill a projector', 'kill a projector', 'kill a projector'],
  ...['kill a session of PostgreSQL', 'kill PostgreSQL', 'freeze a projector beyond its leases'],
] as const;
export type Deed = (typeof deeds)[number];

const writers = 2;
const projectors = 2;

export interface Judged {
  readonly events: number;
  /** Streams that seemed to end whoever tried them, since each was killed just then. */
  readonly setAside: number;
  readonly failures: readonly string[];
}

/** Processes over one empty database, until everything that they did is judged. */
export class Round {
  private readonly attempts = new Map<string, Attempt>();
  private readonly open = new Map<Process<Written>, Set<string>>();
  private readonly writing: Process<Written>[] = [];
  private readonly projecting: { readonly process: Process<never>; readonly owner: string }[] = [];
  private readonly recorder = new Recorder();
  private readonly ending = new AbortController();
  private readonly following: Promise<unknown>;
  private readonly pool: Pool;
  private readonly store: PostgresStore;
  private acknowledged = 0;
  private begun = 0;
  private heard: () => void = () => undefined;
  private started = 0;
  private readonly dead: string[] = [];

  constructor(
    private readonly url: string,
    private readonly spares: { readonly writer: Spares<Written>; readonly projector: Spares<never> },
    private readonly leaseLife: number,
  ) {
    this.pool = poolOf(url, 2);
    this.store = new PostgresStore({ url, deadline: 3_000 });
    const follow = (name: string, filter: Filter) =>
      this.recorder.follow(
        name,
        () => this.store,
        0n,
        () => undefined,
        filter,
        this.ending.signal,
      );
    this.following = Promise.all([follow('everything', {}), follow('missions', { types: ['MissionHeld'] })]);
    for (let n = 0; n < writers; n += 1) this.addWriter();
    for (let n = 0; n < projectors; n += 1) this.addProjector();
  }

  /** So many appends more were acknowledged. */
  async acknowledgements(count: number): Promise<void> {
    const due = this.acknowledged + count;
    await this.until('no append was acknowledged', () => this.acknowledged >= due);
  }

  /** So many more have begun. All that share a commit are answered at once: a blow that always fell then would find nothing under way. */
  async beginnings(count: number): Promise<void> {
    const due = this.begun + count;
    await this.until('no append began', () => this.begun >= due);
  }

  /** @returns whether an append was under way */
  async suffer(deed: Deed, server: KilledServer, below: (end: number) => number): Promise<boolean> {
    const underWay = () => [...this.open.values()].some((keys) => keys.size > 0);
    switch (deed) {
      case 'kill a writer': {
        const [writer] = this.writing.splice(below(this.writing.length), 1);
        const open = this.open.get(writer!)!;
        await this.until('a writer begins nothing', () => open.size > 0);
        writer!.child.kill('SIGKILL');
        await writer!.gone;
        const left = open.size > 0;
        this.open.delete(writer!);
        this.addWriter();
        return left;
      }
      case 'kill a projector': {
        const [projector] = this.projecting.splice(below(this.projecting.length), 1);
        const before = underWay();
        projector!.process.child.kill('SIGKILL');
        await projector!.process.gone;
        this.addProjector();
        return before;
      }
      case 'kill PostgreSQL':
      case 'kill a session of PostgreSQL': {
        const before = underWay();
        await server.kill(deed === 'kill PostgreSQL' ? 'postmaster' : 'session');
        return before;
      }
      case 'freeze a projector beyond its leases': {
        const { process, owner } = await this.holder();
        const before = underWay();
        process.child.kill('SIGSTOP');
        await this.eventually(`nobody took the leases of ${owner}`, async () => (await this.leasesOf(owner)) === 0);
        process.child.kill('SIGCONT');
        return before;
      }
    }
  }

  /** Lets everything come to rest. */
  async judge(fresh: string): Promise<Judged> {
    for (const writer of this.writing) writer.tell('stop');
    await Promise.all(this.writing.map(({ gone }) => gone));
    const head = await this.store.head();
    const heardAll = () => this.recorder.readers.every(({ heard }) => isAt(heard.at(-1), head));
    await this.eventually('subscribers do not come to the end', () => Promise.resolve(heardAll()));
    await this.comeTo(head);
    const aside = await this.tryAgain();
    const history = await this.recorder.history(this.store, { dense: true, times: true });
    const failures = breaches({ ...history, attempts: [...this.attempts.values()] });
    const pool = poolOf(fresh, 12);
    try {
      await runnerOn(pool, this.store, 'judge').catchUp();
      const different = differences(await rowsOf(this.pool), await rowsOf(pool));
      const thrown = aside
        .filter(({ unfinished }) => !unfinished)
        .map(({ readModel, stream, error }) => `${readModel}: ${stream}: ${error}`);
      return { events: history.log.length, setAside: aside.length, failures: [...failures, ...thrown, ...different] };
    } finally {
      await pool.end();
    }
  }

  async end(): Promise<void> {
    const all = [...this.writing, ...this.projecting.map(({ process }) => process)];
    for (const { child } of all) child.kill('SIGKILL');
    await Promise.all(all.map(({ gone }) => gone));
    this.ending.abort();
    await this.following.catch(() => undefined);
    await this.store.close();
    await this.pool.end();
  }

  private addWriter(): void {
    const writer = this.spares.writer.next();
    const name = `writer-${(this.started += 1)}`;
    const open = new Set<string>();
    this.writing.push(writer);
    this.open.set(writer, open);
    writer.hear(({ is, key, attempt }) => {
      const id = `${name} ${key}`;
      this.attempts.set(id, attempt);
      if (is === 'began') {
        open.add(id);
        this.begun += 1;
      } else open.delete(id);
      if (is === 'ended' && attempt.outcome.is === 'acknowledged') this.acknowledged += 1;
      this.heard();
    });
    writer.tell({ url: this.url, name, callers: 8, streams: 20 } satisfies Writing);
  }

  private addProjector(): void {
    const process = this.spares.projector.next();
    const owner = `projector-${(this.started += 1)}`;
    this.projecting.push({ process, owner });
    void process.gone.then(() => {
      if (this.projecting.some((each) => each.owner === owner)) this.dead.push(owner);
    });
    process.tell({ url: this.url, owner, leaseLife: this.leaseLife } satisfies Projecting);
  }

  private async holder() {
    let found: (typeof this.projecting)[number] | undefined;
    await this.eventually('no projector holds a lease', async () => {
      for (const each of this.projecting) if ((await this.leasesOf(each.owner)) > 0) found = each;
      return found !== undefined;
    });
    return found!;
  }
  private async leasesOf(owner: string): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>('select count(*)::int as count from engine.lease where owner = $1', [owner]);
    return rows[0]!.count;
  }

  /** What operators do about streams that were set aside. @returns those */
  private async tryAgain(): Promise<readonly Parked[]> {
    const aside = await parked(this.pool);
    for (const { readModel, stream } of aside) await askRetry(this.pool, readModel, stream);
    await this.eventually('what was set aside stays so', async () => (await parked(this.pool)).length === 0);
    return aside;
  }
  private until(otherwise: string, holds: () => boolean): Promise<void> {
    return within(otherwise, (resolve) => {
      this.heard = () => {
        if (!holds()) return;
        this.heard = () => undefined;
        resolve();
      };
      this.heard();
    });
  }
  /** However long it takes: as long as they come further. */
  private async comeTo(head: bigint): Promise<void> {
    for (let least = -1n; least < head;) {
      const before = least;
      await this.eventually(`read models stand still at ${before} of ${head}`, async () => {
        least = (await leastCheckpoint(this.pool)) ?? -1n;
        return least > before;
      });
    }
  }
  private eventually(otherwise: string, holds: () => Promise<boolean>): Promise<void> {
    return eventually(otherwise, () => {
      if (this.dead.length > 0) throw new Error(`${this.dead.join(', ')} ended by itself, and ${otherwise}`);
      return holds().catch(() => false);
    });
  }
}

const isAt = (last: Heard | undefined, head: bigint) => last !== undefined && 'caughtUp' in last && BigInt(last.caughtUp) >= head;
