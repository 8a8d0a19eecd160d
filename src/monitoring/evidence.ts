import type { Pool } from 'pg';
import type { Axes } from '../engine/as-of';
import type { Counting, PlainCounting, Selected } from '../parts/indicator-counting';
import { cursorAs, type Page, pageOf, type Paging } from '../engine/page';
import { instant } from '../store/instants';
import { positionForm } from '../store/port';
import { type Asked, narrowed } from './asked';
import { Counter } from './counting';
import { certain, known, merges } from './ground';
import type { Dimensions } from './standing-facts';

/** What a fact is to the figure that rests on it. */
export type Role = 'counted' | 'less' | 'through' | 'until' | 'numerator' | 'denominator' | 'merge';

/** A fact that a figure rests on, and the event that it comes from. */
export interface Evidence {
  readonly role: Role;
  readonly stream: string;
  readonly revision: number;
  readonly measure: string;
  readonly subject: string;
  /** The party that the subject was merged into and counts as. */
  readonly countsAs?: string;
  readonly quantity: number;
  readonly dimensions: Dimensions;
  /** First and last day on which it can have happened. */
  readonly occurredFrom: string;
  readonly occurredTo: string;
  /** When it was recorded: by its event, or by the correction that gave it its present form. */
  readonly recordedAt: string;
}

interface Row extends Omit<Evidence, 'quantity' | 'countsAs'> {
  readonly quantity: string;
  readonly countsAs: string | null;
  readonly position: string;
  readonly ordinal: number;
  readonly branch: number;
}

/** Facts of one role, and what they must be besides known and selected. */
interface Branch {
  readonly role: Role;
  readonly selected: Selected;
  readonly that: string;
  /** What it is joined to for that. */
  readonly joined?: string;
}
const began = `f.quantity > 0 and ${certain}`;

const plainBranches = (counter: Counter, counting: PlainCounting, role: Role): readonly Branch[] => {
  switch (counting.aggregation) {
    // What ended is part of the sum.
    case 'sum':
    case 'stock':
      return [{ role, selected: counting, that: certain }];
    case 'distinct':
      return [{ role, selected: counting, ...firstOfEach(counter, counting) }];
    case 'without': {
      const [own, what, joined] =
        counting.of === 'subject'
          ? ['coalesce(own.root, f.subject)', 'subject', 'left join root own on own.member = f.subject']
          : ['coalesce(own.root_stream, f.stream)', 'counts', 'left join root own on own.stream = f.stream'];
      const others = `(select ${what} from ${counter.scan(counting.less)} where quantity > 0 and certain)`;
      return [{ role, selected: counting, that: `${began} and ${own} not in ${others}`, joined }];
    }
    case 'joined': {
      const subjects = `(select subject from ${counter.scan(counting)} where quantity > 0 and certain)`;
      return [
        { role, selected: counting, that: began },
        {
          role: role === 'counted' ? 'through' : role,
          selected: counting.through,
          that: `(f.quantity > 0 or ${certain}) and regexp_replace(f.stream, '-', '/') in ${subjects}`,
        },
      ];
    }
  }
};
/** The fact by which each thing counts; the others of the same add nothing. Values of a dimension are few and of many facts: all of those. */
const firstOfEach = (counter: Counter, { of, ...selected }: Extract<PlainCounting, { aggregation: 'distinct' }>) => {
  if (typeof of !== 'string') return { that: began };
  const [joined, same] =
    of === 'subject'
      ? [
          'left join root own on own.member = f.subject',
          'e.subject = any (array(select coalesce(own.root, f.subject) union all select member from root where root = coalesce(own.root, f.subject)))',
        ]
      : [
          'left join root own on own.stream = f.stream',
          'e.stream = any (array(select coalesce(own.root_stream, f.stream) union all select stream from root where root_stream = coalesce(own.root_stream, f.stream)))',
        ];
  const earlier = [known, counter.selects(selected), began].map((each) => each.replaceAll('f.', 'e.')).join(' and ');
  return {
    joined,
    that: `${began} and not exists (select from reading.facts e where ${earlier} and ${same}
      and (e.recorded_position, e.stream, e.revision, e.ordinal) < (f.recorded_position, f.stream, f.revision, f.ordinal))`,
  };
};
const branchesOf = (counter: Counter, counting: Counting): readonly Branch[] => {
  switch (counting.aggregation) {
    case 'ratio':
      return [...plainBranches(counter, counting.numerator, 'numerator'), ...plainBranches(counter, counting.denominator, 'denominator')];
    case 'duration':
    case 'elapsed':
      return [
        { role: 'counted', selected: counting, that: began },
        {
          role: 'until',
          selected: counting.until,
          that: `${began} and f.stream in (select stream from ${counter.scan(counting)} where quantity > 0 and certain)`,
        },
      ];
    case 'sum':
    case 'stock':
    case 'distinct':
    case 'without':
    case 'joined':
      return plainBranches(counter, counting, 'counted');
  }
};

const columns = `f.stream, f.revision, f.ordinal, f.measure, f.subject, f.quantity, f.dimensions,
  f.occurred_from::text as "occurredFrom", f.occurred_to::text as "occurredTo"`;
/** The first of all branches, each with the party that its subject counts as. */
const page = (branches: readonly string[], most: string) =>
  `select found.*, root.root as "countsAs" from (
     select * from (${branches.join('\nunion all\n')}) each order by position, stream, revision, ordinal, branch limit ${most}
   ) found left join root on root.member = found.subject order by position, found.stream, revision, ordinal, branch`;
const cursorForm = new RegExp(`^(${positionForm})~([A-Za-z]+-[a-z0-9-]{1,80})~(\\d{1,9})~(\\d{1,9})~(\\d{1,2})$`);

/** What is left of a branch after the item of a cursor, in the order of `at`. @throws BadCursor */
const beyondCursor = (counter: Counter, after: string | undefined) => {
  const from = cursorAs(cursorForm, after);
  return (at: string, branch: number): string => {
    if (!from) return '';
    const [position, stream, revision, ordinal, last] = from as [string, string, string, string, string];
    return ` and (${at}, f.stream, f.revision, f.ordinal) ${branch > Number(last) ? '>=' : '>'}
      (${counter.parameter(position, 'bigint')}, ${counter.parameter(stream, 'text')}, ${counter.parameter(revision, 'integer')}, ${counter.parameter(ordinal, 'integer')})`;
  };
};
const pageFrom = async <More extends object>(
  pool: Pool,
  counter: Counter,
  branches: readonly string[],
  most: string,
  limit: number,
): Promise<Page<Row & More>> => {
  const { rows } = await pool.query<Row & More>(counter.prepared(page(branches, most)));
  return pageOf(rows, limit, ({ position, stream, revision, ordinal, branch }) => [position, stream, revision, ordinal, branch].join('~'));
};

/** The facts that a figure rests on, in the order in which they were recorded. @throws BadCursor */
export const evidencePage = async (
  pool: Pool,
  { counting, where }: Asked,
  axes: Axes,
  { after, limit }: Paging,
): Promise<Page<Evidence>> => {
  const counter = new Counter(axes);
  const beyond = beyondCursor(counter, after);
  // A number in the text: of a parameter the planner expects a tenth of all rows.
  const most = String(limit + 1);
  const branches = branchesOf(counter, narrowed(counting, where)).map(({ role, selected, that, joined = '' }, branch) => {
    return `(select '${role}' as role, ${branch} as branch, ${columns}, f.recorded_position as position, ${instant('f.recorded_at')} as "recordedAt"
      from reading.facts f ${joined}
      where ${known} and ${counter.selects(selected)} and ${that}${beyond('f.recorded_position', branch)}
      order by f.recorded_position, f.stream, f.revision, f.ordinal limit ${most})`;
  });
  const found = await pageFrom(pool, counter, branches, most, limit);
  return { ...found, items: found.items.map(evidenceOf) };
};

const evidenceOf = (row: Row): Evidence => {
  const { role, stream, revision, measure, subject, countsAs, quantity, dimensions, occurredFrom, occurredTo, recordedAt } = row;
  const fact = { role, stream, revision, measure, subject, quantity: Number(quantity), dimensions, occurredFrom, occurredTo, recordedAt };
  return countsAs === null ? fact : { ...fact, countsAs };
};

/** A fact that came or went between two moments of knowledge, and the event by which it did. */
export interface Change extends Evidence {
  readonly change: 'came' | 'went';
  /** `stream@revision` of the event by which it came or went: itself, a correction, a retraction, or a change of dimension. */
  readonly by: string;
}

/** The facts that came or went after the one position up to the other, as far as they had happened by `asOf`; in the order in which they did. @throws BadCursor */
export const differencePage = async (
  pool: Pool,
  { counting, where }: Asked,
  { asOf, from, to }: { readonly asOf: string; readonly from: bigint; readonly to: bigint },
  { after, limit }: Paging,
): Promise<Page<Change>> => {
  const counter = new Counter({ asOf, position: to });
  const start = counter.parameter(String(from), 'bigint');
  const most = String(limit + 1);
  const beyond = beyondCursor(counter, after);
  const selections = changing(narrowed(counting, where));
  const branches = selections.flatMap(({ role, selected }, selection) =>
    (['came', 'went'] as const).map((change, nth) => {
      const branch = selection * 2 + nth;
      const at = change === 'came' ? 'f.recorded_position' : 'f.retracted_position';
      const revision = change === 'came' ? 'coalesce(f.recorded_revision, f.revision)' : 'f.retracted_revision';
      const held =
        change === 'came' ? '(f.retracted_position is null or f.retracted_position > $1::bigint)' : `f.recorded_position <= ${start}`;
      return `(select '${role}' as role, '${change}' as change, ${branch} as branch, ${columns},
          ${at} as position, ${instant(change === 'came' ? 'f.recorded_at' : 'f.retracted_at')} as "recordedAt", f.stream || '@' || ${revision} as by
        from reading.facts f
        where ${at} > ${start} and ${at} <= $1::bigint and ${held} and ${counter.selects(selected)} and ${certain}${beyond(at, branch)}
        order by ${at}, f.stream, f.revision, f.ordinal limit ${most})`;
    }),
  );
  const found = await pageFrom<Pick<Change, 'change' | 'by'>>(pool, counter, branches, most, limit);
  return { ...found, items: found.items.map(({ change, by, ...row }) => ({ change, by, ...evidenceOf(row) })) };
};

/** Everything whose coming or going can change a figure, also what it takes off, and what counts as what. */
const changing = (counting: Counting): readonly { readonly role: Role; readonly selected: Selected }[] => {
  const of = (plain: PlainCounting, role: Role) => [
    { role, selected: plain },
    ...(plain.aggregation === 'without' ? [{ role: role === 'counted' ? ('less' as const) : role, selected: plain.less }] : []),
    ...(plain.aggregation === 'joined' ? [{ role: role === 'counted' ? ('through' as const) : role, selected: plain.through }] : []),
  ];
  const merging = { role: 'merge' as const, selected: merges };
  switch (counting.aggregation) {
    case 'ratio':
      return [...of(counting.numerator, 'numerator'), ...of(counting.denominator, 'denominator'), merging];
    case 'duration':
    case 'elapsed':
      return [
        { role: 'counted', selected: counting },
        { role: 'until', selected: counting.until },
      ];
    case 'sum':
    case 'stock':
    case 'distinct':
    case 'without':
    case 'joined':
      return [...of(counting, 'counted'), merging];
  }
};
