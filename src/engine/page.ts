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
export const pageOf = <Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string): Page<Row> => {
  const items = rows.slice(0, limit);
  return { items, ...(rows.length > limit ? { next: keyOf(items.at(-1)!) } : {}) };
};

/** The same part of the list, each row as it is shown. */
export const shownAs = <Row, Item>(page: Page<Row>, itemOf: (row: Row) => Item): Page<Item> => ({
  ...page,
  items: page.items.map(itemOf),
});

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
