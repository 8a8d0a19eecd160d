import type { Pool } from 'pg';
import { everyReadModel } from '../../src/puente';

/** Where read models, and what policies order, stand; each once. */
const tables = [...new Set(['engine.task', ...everyReadModel.flatMap((each) => each.tables)])].toSorted();

/** Every row of every read model as text, by table. */
export const rowsOf = async (pool: Pool): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found = new Map<string, readonly string[]>();
  for (const table of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `select to_jsonb(t)::text as row from ${table} t order by to_jsonb(t)::text collate "C"`,
    );
    found.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  return found;
};

/** How rows differ from what they should be: one sentence for each table that does, with the first that is too many or missing. */
export const differences = (
  are: ReadonlyMap<string, readonly string[]>,
  should: ReadonlyMap<string, readonly string[]>,
): readonly string[] =>
  [...should].flatMap(([table, rows]) => {
    const [there, due] = [new Set(are.get(table)), new Set(rows)];
    const missing = rows.find((row) => !there.has(row));
    const more = are.get(table)!.find((row) => !due.has(row));
    if (missing === undefined && more === undefined && are.get(table)!.length === rows.length) return [];
    return [`${table} lacks ${missing ?? 'nothing'} and has ${more ?? 'nothing'} too many`];
  });

/** How far everything has come; undefined before each read model has begun. */
export const leastCheckpoint = async (pool: Pool): Promise<bigint | undefined> => {
  const { rows } = await pool.query<{ begun: string; least: string | null }>(
    `select count(*)::text as begun, min(position)::text as least from engine.checkpoint where name like 'read-model %'`,
  );
  const { begun, least } = rows[0]!;
  return Number(begun) < everyReadModel.length || least === null ? undefined : BigInt(least);
};
