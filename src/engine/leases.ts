import type { Pool, PoolClient } from 'pg';

/** The right to write for a name, until somebody else has taken it. */
export interface Lease {
  readonly name: string;
  /** Rises with every change of hands. */
  readonly token: string;
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
   */
  constructor(
    private readonly pool: Pool,
    readonly owner: string,
    readonly life = 10_000,
  ) {}

  /** Takes those of the leases that nobody holds any more. Does not wait for anybody. */
  async take(names: readonly string[]): Promise<readonly Lease[]> {
    if (names.length === 0) return [];
    const { rows } = await this.pool.query<Lease>(
      `with new as (
         insert into engine.lease (name, owner, token, until)
         select name, $2, 1, clock_timestamp() + $3 * interval '1 ms' from unnest($1::text[]) as wanted (name)
         on conflict do nothing returning name, token
       ), free as (
         select name from engine.lease where name = any($1) and until < clock_timestamp() order by name for no key update skip locked
       ), taken as (
         update engine.lease l set owner = $2, token = token + 1, until = clock_timestamp() + $3 * interval '1 ms'
         from free where l.name = free.name returning l.name, l.token
       )
       select name, token from new union all select name, token from taken`,
      [names, this.owner, this.life],
    );
    return rows;
  }

  /** Takes a lease whoever holds it, once what they are writing now is written. */
  async seize(name: string): Promise<Lease> {
    const { rows } = await this.pool.query<Lease>(
      `insert into engine.lease as l (name, owner, token, until) values ($1, $2, 1, clock_timestamp() + $3 * interval '1 ms')
       on conflict (name) do update set owner = excluded.owner, token = l.token + 1, until = excluded.until
       returning name, token`,
      [name, this.owner, this.life],
    );
    return rows[0]!;
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
   * One transaction that commits only if the lease was held throughout; it prolongs the lease. What is written must be
   * recoverable from the store: the commit does not wait for the disk.
   *
   * @throws LeaseLost
   */
  async whileHolding<Result>({ name, token }: Lease, work: (transaction: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    // A connection that is lost while it is checked out and idle reports it here; without a listener that ends the process.
    let lost: Error | undefined;
    const onLoss = (error: Error) => (lost = error);
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
      await client.query('rollback').catch((failure: unknown) => (lost = failure as Error));
      throw error;
    } finally {
      client.off('error', onLoss);
      client.release(lost);
    }
  }
}
