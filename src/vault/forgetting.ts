import type { Pool } from 'pg';
import { validate } from 'uuid';
import type { Kind } from './keys';

/** Stood there once; its key is destroyed and nobody can read it any more. */
export interface Forgotten {
  readonly is: 'forgotten';
}

/** Only what has the form of a uuid can be asked for: anything else is an id that nobody gave. */
export const askable = (ids: readonly string[]) => ids.filter((id) => validate(id));

/**
 * Destroys the key of an item and empties its row. Doing it again changes nothing.
 *
 * @returns `unknown` when there never was such an item
 */
export async function forgetItem(pool: Pool, kind: Kind, id: string, at: Date): Promise<'forgotten' | 'unknown'> {
  if (!validate(id)) return 'unknown';
  // Counting `gone` makes the key's row the first to be locked, as in every other statement that touches both: no deadlocks.
  const { rowCount } = await pool.query(
    `with gone as (delete from vault.key where id = $1 and kind = '${kind}' returning id)
     update vault.${kind} set sealed = null, forgotten_at = coalesce(forgotten_at, $2)
     where id = $1 and (select count(*) from gone) >= 0`,
    [id, at],
  );
  return rowCount === 0 ? 'unknown' : 'forgotten';
}

/**
 * Destroys keys whose items are missing, as after restoring a backup that is older than the keys. Until then the same words or
 * subjects cannot be protected again. Run it before the restored database takes commands.
 *
 * @returns how many keys there were
 */
export async function dropStrayKeys(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from vault.key k where
       (kind = 'text' and not exists (select from vault.text where id = k.id)) or
       (kind = 'person' and not exists (select from vault.person where id = k.id)) or
       (kind = 'actor' and not exists (select from vault.actor where id = k.id))`,
  );
  return rowCount ?? 0;
}
