import type { Pool } from 'pg';
import { measuresOf } from '../kernel/lifecycle';
import { lifecycles } from '../lifecycles/all';
import { certain, groundOf, known } from '../monitoring/ground';
import type { Dimensions } from '../monitoring/standing-facts';
import { type Standpoint, type Table, tableOf } from './table';

interface Row {
  readonly stream: string;
  readonly revision: number;
  readonly ordinal: number;
  readonly position: string;
  readonly recordedRevision: number;
  readonly measure: string;
  readonly subject: string;
  readonly quantity: string;
  readonly dimensions: Dimensions;
  readonly occurredFrom: string;
  readonly occurredTo: string;
  readonly recordedAt: Date;
  readonly correlationId: string;
}
interface ShownFact extends Row {
  readonly countsAs: string | undefined;
  readonly illustrative: boolean;
}

/** Measures whose facts say whose account they are of. */
const ofAccounts: readonly string[] = [
  ...new Set(
    Object.values(lifecycles).flatMap((of) =>
      Object.entries(measuresOf(of)).flatMap(([measure, declared]) => (declared.ofAccounts ? [measure] : [])),
    ),
  ),
].toSorted();

const pageSize = 2_000;
const page = `select f.stream, f.revision, f.ordinal, f.recorded_position as position, coalesce(f.recorded_revision, f.revision) as "recordedRevision",
    f.measure, f.subject, f.quantity, f.dimensions, f.occurred_from::text as "occurredFrom", f.occurred_to::text as "occurredTo",
    f.recorded_at as "recordedAt", f.correlation_id as "correlationId"
  from reading.facts f
  where ${known} and ${certain} and (f.stream, f.revision, f.ordinal, f.recorded_position) > ($3::text, $4::int, $5::int, $6::bigint)
    and f.measure <> all($7::text[])
  order by f.stream, f.revision, f.ordinal, f.recorded_position limit ${pageSize}`;

/** By key, so that each page costs the same however many there are. */
async function* factsOn(pool: Pool, on: Standpoint): AsyncGenerator<readonly ShownFact[]> {
  const { roots, illustrative } = await groundOf(pool, on);
  const countsAs = new Map(roots.map(({ member, root }) => [member, root]));
  const madeUp = new Set(illustrative.map((each) => `${each.import} ${each.measure ?? ''}`));
  let after: Pick<Row, 'stream' | 'revision' | 'ordinal' | 'position'> = { stream: '', revision: 0, ordinal: 0, position: '0' };
  for (;;) {
    const { rows } = await pool.query<Row>({
      name: 'export-facts',
      text: page,
      values: [String(on.position), on.asOf, after.stream, after.revision, after.ordinal, after.position, ofAccounts],
    });
    yield rows.map((row) => ({
      ...row,
      countsAs: countsAs.get(row.subject),
      illustrative: madeUp.has(`${row.correlationId} `) || madeUp.has(`${row.correlationId} ${row.measure}`),
    }));
    if (rows.length < pageSize) return;
    after = rows.at(-1)!;
  }
}

const inOrder = (dimensions: Dimensions): string =>
  JSON.stringify(Object.fromEntries(Object.entries(dimensions).toSorted(([one], [other]) => (one < other ? -1 : 1))));

/** What every figure is counted from. */
export const factsTable = (pool: Pool): Table =>
  tableOf<ShownFact>({
    name: 'facts',
    title: 'Facts',
    description: `What figures are counted from: what had certainly happened, each with the event it stands on. What begins counts 1, what ends -1, paired by its subject; money counts in minor units of the currency among its dimensions. Facts about the account of somebody are left out: those of ${ofAccounts.join(', ')}.`,
    key: ['event', 'ordinal', 'recordedBy'],
    columns: {
      event: ['text', 'Event', 'The event it stands on, as stream@revision', ({ stream, revision }) => `${stream}@${revision}`],
      ordinal: ['integer', 'Ordinal', 'Its place among the facts of that event', ({ ordinal }) => ordinal],
      recordedBy: [
        'text',
        'Recorded by',
        'The event that gave it its present form: itself, a correction, or a change of a dimension',
        ({ stream, recordedRevision }) => `${stream}@${recordedRevision}`,
      ],
      measure: ['text', 'Measure', 'What it counts for; docs/catalogue.md lists the measures', ({ measure }) => measure],
      subject: ['text', 'Subject', 'What it is about: facts of one subject belong together', ({ subject }) => subject],
      countsAs: ['text', 'Counts as', 'The party that its subject was merged into; empty where it was not', (row) => row.countsAs],
      quantity: ['integer', 'Quantity', 'What it adds, or takes off', ({ quantity }) => Number(quantity)],
      dimensions: ['object', 'Dimensions', 'By what it can be broken down', ({ dimensions }) => inOrder(dimensions)],
      occurredFrom: ['day', 'Occurred from', 'First day on which it can have happened', (row) => row.occurredFrom],
      occurredTo: ['day', 'Occurred to', 'Last day on which it can have happened', (row) => row.occurredTo],
      recordedAt: ['instant', 'Recorded at', 'When that event was recorded', ({ recordedAt }) => recordedAt.toISOString()],
      illustrative: [
        'boolean',
        'Illustrative',
        'It came with a data set that was declared illustrative, and is of a measure that was made up there',
        (row) => row.illustrative,
      ],
    },
    rows: (on) => factsOn(pool, on),
  });
