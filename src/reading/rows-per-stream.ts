import type { Batch, ReadModel, Touched } from '../engine/read-model';
import { foldedUpTo } from '../kernel/folds';
import type { Lifecycle, State } from '../kernel/lifecycle';
import type { RuleBook } from '../kernel/rules';

/** A table whose rows follow from streams, each from one. */
export interface Table {
  readonly name: `reading.${string}`;
  /** Kinds of the streams it is about. */
  readonly kinds: readonly string[];
  /**
   * Pure: all rows of a stream as it stands, with the table's columns as fields; `stream` among them. Of a table that grows, those of the
   * events from a revision on.
   */
  readonly rows: (touched: Touched, book: RuleBook, from: number) => readonly object[];
  /** The row of an event is changed by no later event but a correction: otherwise only rows of new events are written. */
  readonly grows?: true;
}

/** So many streams at once. */
const atOnce = 64;

/** A read model that says which rows belong to a stream as a function of what is in force there. */
export const rowsPerStream = (name: string, tables: readonly Table[]): ReadModel => ({
  name,
  filter: { kinds: [...new Set(tables.flatMap(({ kinds }) => kinds))] },
  tables: tables.map((table) => table.name),
  apply: async ({ touched, book, table: called }: Batch, transaction) => {
    for (const table of tables) {
      const name = called(table.name);
      const about = touched.filter(({ lifecycle }) => table.kinds.includes(lifecycle.name));
      const replaced = table.grows ? about.filter(({ corrected }) => corrected) : about;
      if (replaced.length > 0)
        await transaction.query(`delete from ${name} where stream = any($1)`, [replaced.map(({ stream }) => stream)]);
      // The rows of some are made while those of others are written.
      let written: Promise<unknown> = Promise.resolve();
      for (let from = 0; from < about.length; from += atOnce) {
        const rows = about.slice(from, from + atOnce).flatMap((each) => rowsOf(table, each, book));
        await written;
        if (rows.length === 0) continue;
        written = transaction.query(`insert into ${name} select * from jsonb_populate_recordset(null::${name}, $1::jsonb)`, [
          JSON.stringify(rows),
        ]);
        // Told by whoever waits for it; where making rows fails first, nobody does.
        written.catch(() => undefined);
      }
      await written;
    }
  },
});

const rowsOf = ({ rows, grows }: Table, touched: Touched, book: RuleBook): readonly object[] =>
  rows(touched, book, grows && !touched.corrected ? (touched.events[0]?.revision ?? 0) : 0);

/** The state a stream of this lifecycle is in. */
export const stateOf = <Parts>(_: Lifecycle<Parts>, { lifecycle, history }: Touched, book: RuleBook): State<Parts> =>
  foldedUpTo(lifecycle, history, history.length - 1, book).state as State<Parts>;
