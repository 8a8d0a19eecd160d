import { Client } from 'pg';
import type { Database } from '../cluster/database';
import { event } from './events';

/** Keeps commits of PostgreSQL open for as long as it is shut. */
export class Gate {
  private constructor(private readonly client: Client) {}

  /** An event whose data holds `"held"` commits when the gate is open; one with `"broken"` cannot be stored. */
  static async in(database: Database): Promise<Gate> {
    const client = new Client({ connectionString: database.url });
    // A database that is dropped by force ends it.
    client.on('error', () => undefined);
    await client.connect();
    const gate = new Gate(client);
    await gate.write(`
      create or replace function hold() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(1); return null; end $$;
      drop trigger if exists hold on store.events;
      create constraint trigger hold after insert on store.events deferrable initially deferred
      for each row when (new.data like '%"held"%') execute function hold();
      create or replace function break() returns trigger language plpgsql as $$
      begin raise 'broken' using errcode = '22000'; end $$;
      create or replace trigger break before insert on store.events for each row when (new.data like '%"broken"%') execute function break();
    `);
    return gate;
  }

  readonly held = (type = 'Held') => event(type, { state: 'held' });

  async shut(): Promise<void> {
    await this.client.query('select pg_advisory_lock(1)');
  }

  async open(): Promise<void> {
    await this.client.query('select pg_advisory_unlock_all()');
  }

  /** Asks until so many sessions of stores wait for a lock; gives their process ids. */
  async blocked(count: number): Promise<readonly number[]> {
    for (;;) {
      const { rows } = await this.client.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and application_name = 'puente store' and wait_event_type = 'Lock'`,
      );
      if (rows.length >= count) return rows.map(({ pid }) => pid);
    }
  }

  /** As if the server's clock had run so far ahead, and were set back now. */
  async clockWasAhead(milliseconds: number): Promise<void> {
    await this.write(`update store.counter set recorded_at = clock_timestamp() + ${milliseconds} * interval '1 millisecond'`);
  }

  /** Ends every session of a store, as a server that stops does. */
  async terminate(): Promise<void> {
    await this.client.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'puente store'`,
    );
  }

  /** Ends the session that waits for the gate itself. */
  async terminateHeld(): Promise<void> {
    await this.client.query(
      `select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
    );
  }

  /** Also where a database is read-only by default. */
  async write(sql: string): Promise<void> {
    await this.client.query('begin read write');
    await this.client.query(sql);
    await this.client.query('commit');
  }

  async end(): Promise<void> {
    await this.client.end();
  }
}
