import type { Pool } from 'pg';
import { type Counted, skipAhead } from './checkpoints';
import type { Lease } from './leases';

interface Skip {
  readonly lease: Lease;
  readonly counted: Counted;
  readonly from: bigint;
  readonly to: bigint;
}
/** What goes into one statement, and the names of the checkpoints that it moved. */
interface Together {
  readonly skips: Skip[];
  readonly moved: Promise<ReadonlySet<string>>;
}

/**
 * Moves checkpoints over what does not concern them, those of all read models of a process together: an event concerns few of them. What
 * is asked while one statement is under way goes into the next.
 */
export class Skips {
  private next: Together | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly pool: Pool) {}

  /** As `skipAhead`. @throws LeaseLost, CheckpointMoved */
  async take(lease: Lease, counted: Counted, from: bigint, to: bigint): Promise<void> {
    const { skips, moved } = (this.next ??= this.together());
    skips.push({ lease, counted, from, to });
    if (!(await moved).has(counted.name)) await skipAhead(this.pool, lease, counted, from, to);
  }

  private together(): Together {
    const skips: Skip[] = [];
    const moved = this.last.then(() => {
      this.next = undefined;
      return this.move(skips);
    });
    this.last = moved.catch(() => undefined);
    return { skips, moved };
  }

  /** Waits for nobody: one whose lease is being written under is left out, and so is one that is not to be moved. */
  private async move(skips: readonly Skip[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.pool.query<{ name: string }>(
      `with unhurried as materialized (select set_config('synchronous_commit', 'off', true)),
       asked as (
         select * from unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[])
           as a (name, epoch, version, passed_from, passed_to, lease, token)
       ), held as materialized (
         select a.* from unhurried, asked a join engine.lease l on l.name = a.lease and l.token = a.token for no key update of l skip locked
       )
       update engine.checkpoint c set position = h.passed_to from held h
       where c.name = h.name and c.epoch = h.epoch and c.version = h.version and c.position = h.passed_from returning c.name`,
      [
        skips.map(({ counted }) => counted.name),
        skips.map(({ counted }) => counted.epoch),
        skips.map(({ counted }) => counted.version),
        skips.map(({ from }) => String(from)),
        skips.map(({ to }) => String(to)),
        skips.map(({ lease }) => lease.name),
        skips.map(({ lease }) => lease.token),
      ],
    );
    return new Set(rows.map(({ name }) => name));
  }
}
