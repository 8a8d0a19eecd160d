import type { AskedByDimension } from '../../src/monitoring/asked';
import type { Indicator } from '../../src/monitoring/indicators';
import type { Counting } from '../../src/parts/indicator-counting';

const worded = (text: string) => ({ en: text, es: text, pt: text });
const counted = (code: string, counting: Counting): Indicator => ({
  code,
  version: 1,
  label: worded(code),
  unit: worded('things'),
  level: 'output',
  counting,
  rule: 'as the specification says',
  source: 'the specification',
});

/** Figures over the small cooperation: one of each way to count, with and without a breakdown. */
export const figures: readonly Indicator[] = [
  counted('pairings', { aggregation: 'sum', measure: 'pairings-formed' }),
  counted('pairings-c1', { aggregation: 'sum', measure: 'pairings-formed', where: { component: 'c1' } }),
  counted('designs', { aggregation: 'sum', measure: 'pilot-designs' }),
  counted('active', { aggregation: 'sum', measure: 'actors-active' }),
  counted('engaged', { aggregation: 'distinct', of: 'subject', measure: 'actors-engaged' }),
  counted('ever-active', { aggregation: 'distinct', of: 'subject', measure: 'actors-active' }),
  counted('engaged-academia', { aggregation: 'distinct', of: 'subject', measure: 'actors-engaged', where: { sector: 'academia' } }),
  counted('sectors', { aggregation: 'distinct', of: { dimension: 'sector' }, measure: 'actors-engaged' }),
  counted('pairings-with-actors', { aggregation: 'distinct', of: 'stream', measure: 'actors-engaged' }),
  counted('plans', { aggregation: 'distinct', of: 'subject', measure: 'ucaps-approved' }),
  counted('agreements', { aggregation: 'distinct', of: 'subject', measure: 'agreements-concluded' }),
  counted('without-plan', { aggregation: 'without', of: 'stream', measure: 'pairings-formed', less: { measure: 'ucaps-approved' } }),
  counted('parties', { aggregation: 'distinct', of: 'subject', measure: 'party-slots' }),
  counted('slots', { aggregation: 'sum', measure: 'party-slots' }),
  counted('registered', { aggregation: 'distinct', of: 'stream', measure: 'party-registered' }),
  counted('never-paired', { aggregation: 'without', of: 'subject', measure: 'party-registered', less: { measure: 'party-slots' } }),
  counted('municipalities', { aggregation: 'joined', measure: 'party-slots', through: { measure: 'municipality', of: 'subject' } }),
  counted('countries', {
    aggregation: 'joined',
    measure: 'party-slots',
    through: { measure: 'party-country', of: { dimension: 'country' } },
  }),
  counted('countries-european', {
    aggregation: 'joined',
    measure: 'party-slots',
    where: { side: 'european' },
    through: { measure: 'party-country', of: { dimension: 'country' } },
  }),
  counted('active-now', { aggregation: 'stock', measure: 'actors-active' }),
  counted('plans-per-pairing', {
    aggregation: 'ratio',
    numerator: { aggregation: 'distinct', of: 'subject', measure: 'ucaps-approved' },
    denominator: { aggregation: 'sum', measure: 'pairings-formed' },
  }),
  counted('academia-among-engaged', {
    aggregation: 'ratio',
    numerator: { aggregation: 'distinct', of: 'subject', measure: 'actors-engaged', where: { sector: 'academia' } },
    denominator: { aggregation: 'distinct', of: 'subject', measure: 'actors-engaged' },
  }),
  counted('days-to-plan', { aggregation: 'duration', measure: 'pairings-formed', until: { measure: 'ucaps-approved' }, percentile: 50 }),
  counted('days-without-plan', {
    aggregation: 'elapsed',
    measure: 'pairings-formed',
    until: { measure: 'ucaps-approved' },
    percentile: 90,
  }),
];

/** As `Indicators` gives them, at every position. */
export const definitions = { at: () => Promise.resolve(figures), claims: () => Promise.resolve([]) };

/** Each of them as a whole, narrowed, and broken down by what some facts have and others have not. */
export const everyWayToAsk: readonly AskedByDimension[] = figures.flatMap(({ counting }) => [
  { counting },
  { counting, where: { component: 'c1' } },
  ...['component', 'sector', 'side'].map((by) => ({ counting, by })),
]);
