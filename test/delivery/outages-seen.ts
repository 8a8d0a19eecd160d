import type { Pool } from 'pg';

/** What the database shows of the deliveries of its only subscription. */
export class Seen {
  constructor(private readonly pool: Pool) {}

  /** Nothing is in anybody's hands, nor waits. */
  async isIdle(): Promise<boolean> {
    return !(await this.one<boolean>('exists (select from delivery.claim) or exists (select from delivery.waiting)'));
  }
  /** Events that are put down as delivered. */
  delivered(): Promise<number> {
    return this.one(
      `(select count(distinct (stream, revision))::integer from delivery.attempt where what = 'event' and status between 200 and 299)`,
    );
  }
  lastAttempt(): Promise<number> {
    return this.one('(select coalesce(max(number), 0)::integer from delivery.attempt)');
  }
  /** Attempts after one, that did not succeed. */
  inVain(since: number): Promise<number> {
    return this.one(
      `(select count(*)::integer from delivery.attempt where number > $1 and (status is null or status not between 200 and 299))`,
      [since],
    );
  }

  private async one<Value>(expression: string, values: unknown[] = []): Promise<Value> {
    return (await this.pool.query<{ value: Value }>(`select ${expression} as value`, values)).rows[0]!.value;
  }
}
