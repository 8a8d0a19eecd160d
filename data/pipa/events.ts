/**
 * What the tables state, as commands. What they leave open is left out by the rules that README.md gives, and counted in `leftOut`.
 */
import { firstDay } from '../../src/kernel/partial-date';
import { contradicts, type CountryEntry } from '../../src/parts/pipa-course-countries';
import type { Kind } from '../../src/parts/pipa-course-forms';
import type { Line } from '../lines';
import { line } from './lines';
import { bodies, lists, membership, programmes, read } from './table';

/** How many rows are no event, by why. */
export const leftOut: Record<string, number> = {};
const leaves = (why: string, rows = 1): readonly never[] => {
  leftOut[why] = (leftOut[why] ?? 0) + rows;
  return [];
};

const isDate = (cell: string) => /^\d{4}(-\d{2}){0,2}$/.test(cell);
/** A list that is not before a date is kept by that date, the only one it gives. */
const givenBy = (asOf: string) => asOf.replace(/\/\.\.$/, '');
const certain = ({ confidence }: { readonly confidence: string }) => confidence !== 'uncertain';
const kinds: Readonly<Record<string, Kind>> = {
  program: 'programme',
  initiative: 'initiative',
  'affiliated-project': 'affiliated-project',
};
const areas: Readonly<Record<string, string>> = { 'social cohesion': 'social-cohesion' };

/** One thing that happened to a programme, before it is a line. */
type Step = readonly [command: string, data: object, on: string, as: string];
const inTime = <Dated>(of: readonly Dated[], on: (each: Dated) => string) =>
  of.toSorted((one, other) => (firstDay(on(one)) < firstDay(on(other)) ? -1 : firstDay(on(one)) > firstDay(on(other)) ? 1 : 0));
const dateOf = ([, , on]: Step) => on;

interface Entry {
  readonly entries: readonly CountryEntry[];
  readonly step: Step;
}
const entriesOf = (id: string): readonly Entry[] => {
  const of = membership.filter(({ programme }) => programme === id);
  const listed = lists
    .filter(({ programme }) => programme === id)
    .flatMap((list): readonly Entry[] => {
      const { as_of, source, countries } = list;
      if (!certain(list)) return leaves('country lists that are uncertain');
      if (as_of === '') return leaves('country lists without a date');
      const on = givenBy(as_of);
      return [
        {
          entries: countries.map((country) => ({ is: 'listed', country, source, on })),
          step: ['ListCountries', { countries, source }, on, `listed/${on}`],
        },
      ];
    });
  // Accessions alone would be held against the minimum as if they were all.
  const withLists = listed.length > 0;
  const acceded = of
    .filter(({ status }) => status === 'acceded')
    .flatMap(({ country, year_or_date: on }): readonly Entry[] => {
      if (!isDate(on)) return leaves('accessions without a date of their own');
      if (!withLists) return leaves('accessions to a programme without a dated list');
      return [{ entries: [{ is: 'acceded', country, on }], step: ['AccedeCountry', { country }, on, `acceded/${country}`] }];
    });
  const invited = of
    .filter(({ status }) => status === 'invited')
    .flatMap((row, i, all): readonly Entry[] => {
      const { country, year_or_date: on } = row;
      if (!certain(row)) return leaves('invitations that are uncertain');
      if (all.findIndex((each) => each.country === country) < i) return leaves('invitations that a second page tells');
      return [{ entries: [{ is: 'invited', country, on }], step: ['InviteCountry', { country }, on, `invited/${country}`] }];
    });
  const withdrew = of
    .filter(({ status }) => status === 'withdrew')
    .flatMap((row): readonly Entry[] => {
      const { country, as_of, source } = row;
      if (!certain(row)) return leaves('withdrawals that are uncertain');
      if (as_of === '') return leaves('withdrawals inferred from a list without a date');
      const on = givenBy(as_of);
      return [
        {
          entries: [{ is: 'withdrew', country, inferred: true, source, on }],
          step: ['WithdrawCountry', { country, inferred: true, source }, on, `withdrew/${country}`],
        },
      ];
    });
  return inTime([...acceded, ...listed, ...withdrew, ...invited], ({ step }) => dateOf(step));
};

/** In the order of time, without those that earlier lists contradict. */
const countriesOf = (id: string): readonly Step[] => {
  const entries: CountryEntry[] = [];
  return entriesOf(id).flatMap((each): readonly Step[] => {
    const [entry] = each.entries;
    if (entry && contradicts(entries, entry))
      return leaves(
        entry.is === 'acceded'
          ? 'accessions of a country that an earlier list names'
          : 'withdrawals of a country that no earlier dated list names',
      );
    entries.push(...each.entries);
    const { step } = each;
    return [step];
  });
};

const bodyOf: Readonly<Record<string, string>> = {
  presidency: 'presidency',
  'first presidency': 'presidency',
  'technical unit': 'technical-unit',
};
const bodiesOf = (id: string): readonly Step[] => {
  const of = bodies.filter(({ programme }) => programme === id);
  return of.flatMap(({ role, holder, country, from, to, as_of }): readonly Step[] => {
    const body = bodyOf[role];
    if (body === undefined) return leaves('holders of another office, or of one that is only planned');
    if (!isDate(from)) return leaves('holders of whom no beginning is stated');
    // An end that lies after the page is a plan.
    const ended = isDate(to) && (as_of === '' || firstDay(to) <= firstDay(as_of));
    const followed = of.some((each) => {
      const other = each.holder !== holder || each.country !== country;
      const when = [each.from, each.as_of].find(isDate);
      return bodyOf[each.role] === body && other && when !== undefined && firstDay(when) > firstDay(as_of || from);
    });
    if (!ended && to === '' && followed) return leaves('holders whom another followed, nobody says when');
    const held = { ...(country !== '' && { country }), ...(holder !== '' && { organisation: holder }) };
    const as = `${body}/${from}`;
    return [
      ['DesignateBodyHolder', { body, ...held }, from, `${as}/designated`],
      ...(ended ? [['EndBodyTerm', { body }, to, `${as}/ended`] as const] : []),
    ];
  });
};

const approvalOf = (summit: string) => (summit === '' ? {} : { summit: `${summit} Cumbre Iberoamericana` });

/** Rows of one id: the first that is certain, and the changes of kind. Other rows contradict it, and stay in the table. */
const courseOf = (id: string): readonly Line[] => {
  const rows = programmes.filter((row) => row.id === id);
  const first = rows.find(({ kind }) => kind !== '');
  if (!first) return leaves('programmes of which nobody says what they are');
  const { name_es: name, area } = first;
  const dated = (row: (typeof rows)[number]) => isDate(row.approved_year) && certain(row);
  const changes = rows.filter(
    (row) => row !== first && dated(row) && row.kind !== first.kind && / from |^change from|promotion/.test(` ${row.note}`),
  );
  leaves('rows of programmes that contradict another, or date nothing', rows.length - 1 - changes.length);

  const countries = countriesOf(id);
  const approval: readonly Step[] = dated(first)
    ? [['ApprovePipa', approvalOf(first.approved_summit), first.approved_year, 'approved']]
    : leaves('programmes without an approval');
  const changed = changes.map(({ kind, approved_year: on, approved_summit }): Step => {
    const becomes = kinds[kind]!;
    return ['ChangePipaKind', { becomes, ...approvalOf(approved_summit) }, on, `becomes/${becomes}`];
  });
  // The countries come before the approval: its minimum is then held against all that is known of them.
  const steps = [...countries, ...approval, ...changed, ...bodiesOf(id)];
  const known = inTime(steps, dateOf)[0]?.[2] ?? read;
  const registration = { name, kind: kinds[first.kind]!, ...(area !== '' && { area: areas[area] ?? area }) };
  const times: Record<string, number> = {};
  return [['RegisterPipa', registration, known, 'registered'] as const, ...steps].map(([command, data, on, as]) => {
    times[as] = (times[as] ?? 0) + 1;
    return line(`pipa/${id}`, command, data, on, times[as] === 1 ? as : `${as}/${times[as]}`);
  });
};

export const ids = [...new Set(programmes.map(({ id }) => id))];
export const events: readonly Line[] = ids.flatMap(courseOf);
/** From when on a dated list, or an accession, tells of the countries of each. */
export const countriesKnownFrom: ReadonlyMap<string, string> = new Map(
  ids.flatMap((id) => {
    const [first] = inTime(
      events.filter(({ to, do: command }) => to === `pipa/${id}` && ['ListCountries', 'AccedeCountry'].includes(command)),
      ({ occurredOn }) => occurredOn,
    );
    return first ? [[id, first.occurredOn] as const] : [];
  }),
);
