/** What pages state as figures, one claim a row; and what the same page's own list comes to, where the two differ. */
import { firstDay, lastDay } from '../../src/kernel/partial-date';
import type { Comparator } from '../../src/parts/claim-course';
import type { Condition } from '../../src/kernel/conditions';
import { countriesKnownFrom } from './events';
import type { Line } from '../lines';
import { line } from './lines';
import { claims as statementRows, figures, lists, programmes, read } from './table';
import { figureOf, statements } from './words';

/** Rows of claims.csv that figures.csv has as well. */
const twice = ['PIPA in which Spain takes part', 'initial member countries', 'countries in picspam', 'member countries of iberartesanias'];
const members = 'member countries (stated count)';
/** Lists of which the page was read in part only: shorter than what it states, and no contradiction. */
const readInPart = ['ibermedia 2018-04-16', 'iipevcm 2023-06'];

const slug = (...words: readonly string[]) =>
  words
    .join(' ')
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '-')
    .slice(0, 70)
    .replace(/-$/, '');

interface Stated {
  /** The figure, whoever states it: `member countries` of one programme. */
  readonly of: readonly string[];
  readonly about: object;
  readonly value: string;
  readonly comparator: Comparator;
  readonly period: string;
  readonly source: string;
  readonly says: string;
  readonly against: readonly string[];
  readonly where?: readonly Condition[];
  readonly derived?: string;
  readonly notCountable?: string;
}

const comparatorOf = (measure: string): Comparator =>
  measure.includes('more than')
    ? '>'
    : measure.includes('about')
      ? 'about'
      : measure.includes('almost')
        ? '<'
        : measure.endsWith('up to')
          ? '<='
          : '=';
const bare = (measure: string) => measure.replace(/, (more than|about|almost|up to)$/, '');

/** By its acronym where it has one. */
const short = (name: string) => /\((\p{Lu}[\p{L}]{2,14})\)$/u.exec(name)?.[1] ?? name.replace(/ \(.*$/, '');
const names = new Map(programmes.toReversed().map(({ id, name_es }) => [id, short(name_es)]));
const nameOf = (programme: string) => (programme === 'all' ? undefined : names.get(programme)!);
/** The last date of a period; none where it goes on, or is not before a date. */
const asOfIn = (period: string) => (period.endsWith('..') ? undefined : period.split('/').at(-1) || undefined);

/** Its countries are counted where a list, or an accession, of that time or before is left. */
const ofCountries = (programme: string, period: string): Pick<Stated, 'against' | 'where' | 'notCountable'> => {
  const from = countriesKnownFrom.get(programme);
  const asOf = asOfIn(period);
  const where = [{ dimension: 'pipa', is: programme }];
  return from !== undefined && (asOf === undefined || lastDay(asOf) >= lastDay(from))
    ? { where, against: ['pipa-memberships'] }
    : { where, against: [], notCountable: 'No dated list of its countries of that time, or of one before, is left.' };
};
const notCounted = (programme: string) =>
  programme === 'all'
    ? 'No figure here counts what programmes cost, or those of one country.'
    : 'No event here tells of what a programme itself counts: projects, aid, people.';

const ofFigures = figures.map(({ programme, measure, value, unit_or_currency: unit, period_or_as_of: period, source }): Stated => {
  const recounted = measure.endsWith('(recount)');
  return {
    of: [programme, recounted ? 'jurisdictions committed' : bare(measure)],
    about: figureOf(measure, unit, nameOf(programme)),
    ...{ value, comparator: comparatorOf(measure), period, source },
    says: `${nameOf(programme) ?? 'All together'}: ${measure}: ${value} ${unit}.`,
    ...(recounted && { derived: 'Counted among what the same text names' }),
    ...(measure === members ? ofCountries(programme, period) : { against: [], notCountable: notCounted(programme) }),
  };
});
const ofStatements = statementRows
  .filter(({ what }) => !twice.some((each) => what.startsWith(each)))
  .map(({ what, value, as_of: period, source }): Stated => {
    const [[es, pt], against] = statements[what]!;
    return {
      of: ['pipa', what],
      about: { en: what[0]!.toUpperCase() + what.slice(1), es, pt },
      ...{ value, comparator: '=', period, source, against },
      says: `${what}: ${value}.`,
      ...(what.includes('minus') && { derived: 'The difference of two figures of the same page' }),
      ...(against.length === 0 && {
        notCountable: what.includes('Summit') ? 'Counted for one Summit alone; see the pipas that it approved.' : 'Axes are no event here.',
      }),
    };
  });
const ofLists = figures.flatMap(({ programme, measure, value, period_or_as_of: period, source }): readonly Stated[] => {
  const list = lists.find((each) => each.programme === programme && each.source === source && each.as_of === period);
  if (!list || measure !== members || readInPart.includes(`${programme} ${period}`) || list.countries.length === Number(value)) return [];
  const name = nameOf(programme)!;
  return [
    {
      of: [programme, measure],
      about: {
        en: `Member countries of ${name} (as listed)`,
        es: `Países miembros de ${name} (según la lista)`,
        pt: `Países membros de ${name} (segundo a lista)`,
      },
      ...{ value: String(list.countries.length), comparator: '=', period, source },
      ...ofCountries(programme, period),
      says: `${name}: the page lists ${list.countries.join(', ')}, and states ${value}.`,
      derived: 'Counted in the list of the same page',
    },
  ];
});
const approved = 'projects approved, sixth annual meeting';
/** The parts that one page gives of a whole, and that do not come to it. */
const ofParts = (): Stated => {
  const parts = figures.filter(({ programme, measure }) => programme === 'ibermedia' && measure.startsWith(`${approved}, `));
  const { source, period_or_as_of: period } = parts[0]!;
  const values = parts.map(({ value }) => Number(value));
  const sum = values.reduce((one, other) => one + other, 0);
  return {
    of: ['ibermedia', approved],
    about: figureOf(`${approved}, its parts together`, 'projects', nameOf('ibermedia')),
    ...{ value: String(sum), comparator: '=', period, source, against: [] },
    says: `Ibermedia: the page gives the parts ${values.join(' + ')}.`,
    ...{ derived: `${values.join(' + ')}, as the same page gives them`, notCountable: notCounted('ibermedia') },
  };
};

const stated = [...ofFigures, ...ofStatements, ...ofLists, ofParts()];

/** Claims of one year are of one figure; of those without a date only what one page says. */
const figureIn = ({ of, period, source }: Stated) => [...of, period === '' ? source : period.slice(0, 4)].join(' | ');
const shared = (one: Stated) => stated.some((other) => other !== one && figureIn(other) === figureIn(one));

/** The date of a page: the one it shows, else the last one it tells of, else that by which it was read. */
const dateOf = ({ source, period }: Stated) =>
  /\[(\d{4}(?:-\d{2}){0,2})[^\]]*\]$/.exec(source)?.[1] ??
  period.split('/').findLast((each) => /^\d/.test(each) && firstDay(each) <= firstDay(read)) ??
  read;
const sourceOf = (one: Stated) => {
  const page = one.source.replace(/ \[[^\]]*\]$/, '');
  const isAddress = /^https?:/.test(page);
  return {
    document: isAddress ? `Page of ${new URL(page).host.replace(/^www\./, '').replace(/\.$/, '')}` : page.replaceAll(/^\(|\)$/g, ''),
    ...{ date: dateOf(one), says: one.says },
    ...(isAddress && { page }),
  };
};

const used = new Map<string, number>();
const idOf = ({ of, period }: Stated) => {
  const id = `pipa-${slug(...of.filter((each) => each !== 'pipa'), asOfIn(period) ?? '')}`;
  const times = (used.get(id) ?? 0) + 1;
  used.set(id, times);
  return times === 1 ? id : `${id}-${times}`;
};

export const claims: readonly Line[] = stated.map((one) => {
  const { of, about, value, comparator, period, against, where, derived, notCountable } = one;
  const asOf = asOfIn(period);
  const id = idOf(one);
  const data = {
    ...{ about, value: Number(value), comparator },
    ...(asOf !== undefined && { asOf }),
    against,
    ...(where && { where }),
    ...(shared(one) && { figure: `pipa-${slug(...of.filter((each) => each !== 'pipa'), period.slice(0, 4))}` }),
    source: sourceOf(one),
    ...(derived !== undefined && { derived }),
    ...(notCountable !== undefined && { notCountable }),
  };
  return line(`claim/${id}`, 'PublishClaim', data, dateOf(one), 'published');
});
