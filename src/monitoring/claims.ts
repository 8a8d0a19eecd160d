import type { JSONSchemaType } from 'ajv';
import { isDay, isPartialDate } from '../kernel/partial-date';
import { referenceList } from './reference-data';

export type Comparator = '=' | '>' | '>=' | 'about';

/** What somebody published. It is no fact: it stands beside the recount, which shows where they differ. */
export interface Claim {
  /** Code of the indicator it is held against; one published figure can be held against several. */
  readonly indicator: string;
  readonly value: number;
  readonly comparator: Comparator;
  /** The day it speaks of. */
  readonly asOf: string;
  readonly source: {
    readonly document: string;
    /** Partial date of the document. */
    readonly date: string;
    /** What it says, in words of our own. */
    readonly says: string;
  };
  /** How it follows from published figures, where nobody published it. */
  readonly derived?: string;
}

/** `about` is within five per cent. */
export const agrees = ({ value, comparator }: Pick<Claim, 'value' | 'comparator'>, recount: number): boolean => {
  switch (comparator) {
    case '=':
      return recount === value;
    case '>':
      return recount > value;
    case '>=':
      return recount >= value;
    case 'about':
      return Math.abs(recount - value) * 20 <= Math.abs(value);
  }
};

const text = { type: 'string', minLength: 1 } as const;
const schema = {
  type: 'object',
  properties: {
    indicator: text,
    value: { type: 'number' },
    comparator: { enum: ['=', '>', '>=', 'about'] },
    asOf: text,
    source: {
      type: 'object',
      properties: { document: text, date: text, says: text },
      required: ['document', 'date', 'says'],
      additionalProperties: false,
    },
    derived: text,
  },
  required: ['indicator', 'value', 'comparator', 'asOf', 'source'],
  additionalProperties: false,
};

/** The published figures of the programme. @throws Error for a date that is none */
export const claims = (): readonly Claim[] => {
  const all = referenceList<Claim>('claims.json', schema as unknown as JSONSchemaType<Claim>);
  for (const { indicator, asOf, source } of all) {
    if (!isDay(asOf) || !isPartialDate(source.date)) throw new Error(`claims.json: the claim about ${indicator} has a date that is none`);
  }
  return all;
};
