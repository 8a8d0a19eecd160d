import type { Pool } from 'pg';
import { cursorAs, type Page, pageOf, type Paging } from '../engine/page';

/** A condition with `?` for its value, wherever that stands; one without a value was not asked for. */
export type Condition = readonly [sql: string, value: unknown];

/** The rows of a `select` that meet the conditions, in the order of their ids. */
export const pageById = async <Row extends { readonly shown: { readonly id: string } }>(
  pool: Pool,
  select: string,
  { after, limit }: Paging,
  conditions: readonly Condition[],
  /** The id among its columns. */
  id = 'id',
): Promise<Page<Row>> => {
  const [cursor] = cursorAs(/^(.+)$/, after) ?? [];
  const asked = [...conditions, [`${id} > ?`, cursor] as const].filter(([, value]) => value !== undefined);
  const where = asked.map(([sql], i) => `${i === 0 ? 'where' : 'and'} ${sql.replaceAll('?', `$${i + 1}`)}`).join(' ');
  const { rows } = await pool.query<Row>(
    `${select} ${where} order by ${id} limit ${limit + 1}`,
    asked.map(([, value]) => value),
  );
  return pageOf(rows, limit, ({ shown }) => shown.id);
};
