import type { JSONSchemaType } from 'ajv';
import { type AnyLifecycle, partsOf } from '../kernel/lifecycle';
import { lifecycles } from '../lifecycles/all';
import { referenceList, worded, type Worded } from './reference-data';
import type { Dimensions } from './standing-facts';

/** Facts of one measure, of those only that have these dimensions. */
export interface Selected {
  readonly measure: string;
  readonly where?: Dimensions;
}

/** How a figure is counted. An aggregation is added here, in `counting.ts`, and in the schema below. */
export type Counting =
  /** The quantities; what began less what ended, of each subject never below zero. */
  | ({ readonly aggregation: 'sum' } & Selected)
  /** Different subjects, streams, or values of a dimension, of what ever began. */
  | ({ readonly aggregation: 'distinct'; readonly of: 'subject' | 'stream' | { readonly dimension: string } } & Selected)
  /** Those of the first measure that the other has not. */
  | ({ readonly aggregation: 'without'; readonly of: 'subject' | 'stream'; readonly less: Selected } & Selected)
  /** Different subjects or values of a dimension that the streams of the subjects say of themselves (parties, of their countries), as known then: that has no date. */
  | ({
      readonly aggregation: 'joined';
      readonly through: Selected & { readonly of: 'subject' | { readonly dimension: string } };
    } & Selected);

/** An indicator is data; a changed rule is a new version under the same code. */
export interface Indicator {
  readonly code: string;
  readonly version: number;
  readonly label: Worded;
  readonly unit: Worded;
  readonly counting: Counting;
  /** The rule by which it is counted, and where it comes from. */
  readonly rule: string;
  readonly source: string;
}

/** The measures that are amounts of money, of whatever lifecycle. */
const ofMoney: ReadonlySet<string> = new Set(
  Object.values<AnyLifecycle>(lifecycles).flatMap((of) => partsOf(of).flatMap(([, { amounts = [] }]) => amounts)),
);

/** @throws Error for a sum of money that does not say of which currency: euros and pesos have none in common */
export const mustNotMixCurrencies = ({ code, counting }: Pick<Indicator, 'code' | 'counting'>): void => {
  if (counting.aggregation === 'sum' && ofMoney.has(counting.measure) && counting.where?.['currency'] === undefined)
    throw new Error(`${code} would add up amounts of several currencies: say of which one (where.currency)`);
};

const text = { type: 'string', minLength: 1 } as const;
const where = { type: 'object', additionalProperties: text, minProperties: 1 } as const;
const thing = { enum: ['subject', 'stream'] } as const;
const variant = (aggregation: Counting['aggregation'], more: Readonly<Record<string, object>>) => ({
  properties: { aggregation: { const: aggregation }, measure: text, where, ...more },
  required: ['aggregation', 'measure', ...Object.keys(more)],
  additionalProperties: false,
});
const value = { anyOf: [thing, { type: 'object', properties: { dimension: text }, required: ['dimension'], additionalProperties: false }] };

const schema = {
  type: 'object',
  properties: {
    code: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
    version: { type: 'integer', minimum: 1 },
    label: worded,
    unit: worded,
    rule: text,
    source: text,
    counting: {
      type: 'object',
      discriminator: { propertyName: 'aggregation' },
      required: ['aggregation'],
      oneOf: [
        variant('sum', {}),
        variant('distinct', { of: value }),
        variant('without', {
          of: thing,
          less: { type: 'object', properties: { measure: text, where }, required: ['measure'], additionalProperties: false },
        }),
        variant('joined', {
          through: {
            type: 'object',
            properties: { measure: text, where, of: value },
            required: ['measure', 'of'],
            additionalProperties: false,
          },
        }),
      ],
    },
  },
  required: ['code', 'version', 'label', 'unit', 'rule', 'source', 'counting'],
  additionalProperties: false,
};

/** The indicators of the programme, each in its latest version. */
export const indicators = (): readonly Indicator[] => {
  const all = referenceList<Indicator>('indicators.json', schema as unknown as JSONSchemaType<Indicator>);
  const latest = new Map<string, Indicator>();
  for (const indicator of all) if (indicator.version > (latest.get(indicator.code)?.version ?? 0)) latest.set(indicator.code, indicator);
  return [...latest.values()];
};
