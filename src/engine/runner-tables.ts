import type { PoolClient } from 'pg';
import { advisoryLocks } from '../store/advisory-locks';

/** What a table is called for whoever fills it: as it is, or where its next version is filled. */
export type TableName = (table: string) => string;

export const asItIs: TableName = (table) => table;

/** Beside the table that is read, in a schema of its own, so that everything that belongs to it can have the name it will have. */
export const besideIt: TableName = (table) => `${partsOf(table)[0]}_next.${partsOf(table)[1]}`;

const partsOf = (table: string): readonly [schema: string, name: string] => {
  const [schema, name, ...more] = table.split('.');
  if (!schema || !name || more.length > 0) throw new Error(`${table} is not a table with its schema`);
  return [schema, name];
};

/** Empty tables beside those that are read, of the same shape; what an earlier attempt left there is gone. */
export async function makeNext(transaction: PoolClient, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const next = besideIt(table);
    // Two that make one schema at once collide.
    await transaction.query('select pg_advisory_xact_lock($1)', [advisoryLocks.makingSchemas]);
    await transaction.query(`create schema if not exists ${partsOf(next)[0]}`);
    await transaction.query(`drop table if exists ${next}; create table ${next} (like ${table} including all excluding indexes)`);
    for (const statement of await attached(transaction, table)) await transaction.query(statement);
  }
}

/** What makes the constraints, indexes and rights of a table on the one beside it, under their names. */
const attached = async (transaction: PoolClient, table: string): Promise<readonly string[]> => {
  const { rows } = await transaction.query<{ statement: string }>(
    `select format('alter table ${besideIt(table)} add constraint %I %s', conname, pg_get_constraintdef(oid)) as statement
     from pg_constraint where conrelid = $1::regclass and contype in ('p', 'u', 'x')
     union all
     select regexp_replace(pg_get_indexdef(indexrelid), ' ON [^ ]+ USING ', ' ON ${besideIt(table)} USING ')
     from pg_index where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid)
     union all
     select format('grant %s on ${besideIt(table)} to %s', privilege_type, case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end)
     from pg_class, aclexplode(relacl) where oid = $1::regclass and grantee <> relowner`,
    [table],
  );
  return rows.map(({ statement }) => statement);
};

/** Columns, constraints, indexes and rights, each by its name, wherever the table stands; nothing where there is none. */
export async function shapeOf(transaction: Pick<PoolClient, 'query'>, table: string): Promise<readonly string[]> {
  const { rows } = await transaction.query<{ line: string }>(
    `with it as (select to_regclass($1) as oid)
     select format('column %s %s %s %s %s %s', attname, format_type(atttypid, atttypmod), attnotnull, attidentity::text || attgenerated::text,
       coalesce((select collname from pg_collation c where c.oid = attcollation), ''), coalesce(pg_get_expr(adbin, adrelid), '')) as line
     from it join pg_attribute on attrelid = it.oid and attnum > 0 and not attisdropped
       left join pg_attrdef on adrelid = attrelid and adnum = attnum
     union all select format('constraint %s %s', conname, pg_get_constraintdef(c.oid)) from it join pg_constraint c on conrelid = it.oid
     union all select regexp_replace(pg_get_indexdef(indexrelid), ' ON [^ ]+ USING ', ' USING ') from it join pg_index on indrelid = it.oid
     union all select format('right %s of %s', privilege_type, grantee)
     from it join pg_class c on c.oid = it.oid, aclexplode(coalesce(relacl, acldefault('r', relowner))) order by line`,
    [table],
  );
  return rows.map(({ line }) => line);
}

/** Whether what was begun beside the tables can be gone on with: a release in between may have given them another shape. */
export async function isNextAlike(transaction: PoolClient, tables: readonly string[]): Promise<boolean> {
  for (const table of tables) {
    const [now, next] = [await shapeOf(transaction, table), await shapeOf(transaction, besideIt(table))];
    if (now.join('\n') !== next.join('\n')) return false;
  }
  return true;
}

/**
 * Keeps everybody from the tables until the transaction ends, once those who read them now are done. Gives up long before anybody who
 * waits for another of them would be told of a deadlock: asked for again, it will find its moment.
 */
export async function lockTables(transaction: PoolClient, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return;
  await transaction.query(`set local lock_timeout = '200ms'; lock table ${tables.join(', ')} in access exclusive mode`);
}

/** What was filled beside the tables takes their place. */
export async function putInPlace(transaction: PoolClient, tables: readonly string[]): Promise<void> {
  for (const table of tables)
    await transaction.query(`drop table ${table}; alter table ${besideIt(table)} set schema ${partsOf(table)[0]}`);
}
