/** A part of a list, and where it goes on. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Given back as `after`, it brings the next part; left out on the last one. */
  readonly next?: string;
}

/** Which part of a list is wanted. */
export interface Paging {
  readonly after?: string | undefined;
  readonly limit: number;
}

/** From one row more than wanted. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  itemOf: (row: Row) => Item,
): Page<Item> => {
  const items = rows.slice(0, limit);
  return { items: items.map(itemOf), ...(rows.length > limit ? { next: keyOf(items.at(-1)!) } : {}) };
};

/** What was given as `after` was never given out as `next`. */
export class BadCursor extends Error {
  constructor(readonly cursor: string) {
    super(`${cursor} is not where a page ended`);
  }
}

/** The parts of a cursor; undefined where none was given. */
export const cursorAs = (form: RegExp, after: string | undefined): readonly string[] | undefined => {
  if (after === undefined) return undefined;
  const found = form.exec(after);
  if (!found) throw new BadCursor(after);
  return found.slice(1);
};

/** Conditions that were asked for, numbered in their order; those without a value are left out. */
export const where = (
  conditions: readonly (readonly [sql: string, value: unknown])[],
): { readonly sql: string; readonly values: unknown[] } => {
  const given = conditions.filter(([, value]) => value !== undefined);
  return {
    sql: given.length === 0 ? '' : `where ${given.map(([sql], i) => sql.replace('?', `$${i + 1}`)).join(' and ')}`,
    values: given.map(([, value]) => value),
  };
};
