import type { Pool, PoolClient } from 'pg';

/** The right to write for a name, until somebody else has taken it. */
export interface Lease {
  readonly name: string;
  /** Rises with every change of hands. */
  readonly token: string;
  /** Whoever held it before did not let it go: it died, or froze, maybe of what it was doing. */
  readonly abandoned?: true;
}

/** Somebody else holds the lease now; nothing of the transaction was written. */
export class LeaseLost extends Error {
  constructor(readonly lease: string) {
    super(`the lease ${lease} is held by another process`);
  }
}

/** Leases by the database's clock. What is written under one is fenced: see `whileHolding`. */
export class Leases {
  /**
   * @param owner random, of this process
   * @param life milliseconds a lease lasts without a sign of life
   * @param writing connections of the same database for what is written under a lease
   */
  constructor(
    private readonly pool: Pool,
    readonly owner: string,
    readonly life = 10_000,
    private readonly writing = pool,
  ) {}

  /** Takes those of the leases that nobody holds any more. Does not wait for anybody. */
  async take(names: readonly string[]): Promise<readonly Lease[]> {
    if (names.length === 0) return [];
    const { rows } = await this.pool.query<{ name: string; token: string; abandoned: boolean }>(
      `with new as (
         insert into engine.lease (name, owner, token, until)
         select name, $2, 1, clock_timestamp() + $3 * interval '1 ms' from unnest($1::text[]) as wanted (name)
         on conflict do nothing returning name, token
       ), free as (
         select name, until > '-infinity' as abandoned from engine.lease
         where name = any($1) and until < clock_timestamp() order by name for no key update skip locked
       ), taken as (
         update engine.lease l set owner = $2, token = token + 1, until = clock_timestamp() + $3 * interval '1 ms'
         from free where l.name = free.name returning l.name, l.token, free.abandoned
       )
       select name, token, false as abandoned from new union all select name, token, abandoned from taken`,
      [names, this.owner, this.life],
    );
    return rows.map(({ abandoned, ...lease }) => ({ ...lease, ...(abandoned && { abandoned }) }));
  }

  /**
   * The heartbeat. A lease that is being written under is passed over: its transaction prolongs it.
   *
   * @returns those that were lost
   */
  async renew(leases: readonly Lease[]): Promise<readonly Lease[]> {
    if (leases.length === 0) return [];
    const { rows } = await this.pool.query<Lease>(
      `with mine as (select * from unnest($1::text[], $2::bigint[]) as m (name, token)),
       free as (select name from engine.lease join mine using (name, token) order by name for no key update of lease skip locked),
       renewed as (update engine.lease l set until = clock_timestamp() + $3 * interval '1 ms' from free where l.name = free.name)
       select name, token from mine where not exists (select from engine.lease l where l.name = mine.name and l.token = mine.token)`,
      [leases.map(({ name }) => name), leases.map(({ token }) => token), this.life],
    );
    return rows;
  }

  /** Lets others have them at once. */
  async release(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return;
    await this.pool.query(
      `update engine.lease l set until = '-infinity' from unnest($1::text[], $2::bigint[]) as m (name, token)
       where l.name = m.name and l.token = m.token`,
      [leases.map(({ name }) => name), leases.map(({ token }) => token)],
    );
  }

  /**
   * Puts down that something is tried under a lease before it is, so that it is known should the process end of it; prolongs the lease.
   *
   * @param counts whether this attempt counts
   * @returns how often it was tried, this time among them
   * @throws LeaseLost
   */
  async trying({ name, token }: Lease, what: string, counts: boolean): Promise<number> {
    const { rows } = await this.pool.query<{ attempts: number }>(
      `with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
       update engine.lease set trying = $3, attempts = case when trying = $3 then attempts + $4 else 1 end,
         until = clock_timestamp() + $5 * interval '1 ms'
       from unhurried where name = $1 and token = $2 returning attempts`,
      [name, token, what, counts ? 1 : 0, this.life],
    );
    if (!rows[0]) throw new LeaseLost(name);
    return rows[0].attempts;
  }

  /**
   * One transaction that commits only if the lease was held throughout; it prolongs the lease. What is written must be
   * recoverable from the store: the commit does not wait for the disk.
   *
   * @throws LeaseLost
   */
  async whileHolding<Result>({ name, token }: Lease, work: (transaction: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.writing.connect();
    // A connection that is lost while it is checked out and idle reports it here; without a listener that ends the process.
    let lost: Error | undefined;
    const onLoss = (error: Error) => (lost ??= error);
    client.on('error', onLoss);
    try {
      // A frozen holder must not keep its locks: the server ends its session before the lease runs out.
      await client.query(
        `begin isolation level read committed; set local synchronous_commit = off; set local idle_in_transaction_session_timeout = ${Math.ceil(this.life * 0.8)}`,
      );
      const held = await client.query('select from engine.lease where name = $1 and token = $2 for no key update', [name, token]);
      if (held.rowCount === 0) throw new LeaseLost(name);
      const result = await work(client);
      await client.query(`update engine.lease set until = clock_timestamp() + $2 * interval '1 ms' where name = $1`, [name, this.life]);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: unknown) => (lost ??= failure as Error));
      // Why the session ended says more than that it did.
      throw (lost as { code?: string } | undefined)?.code === undefined ? error : lost;
    } finally {
      client.off('error', onLoss);
      client.release(lost);
    }
  }
}
