import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  isISO31661Alpha2,
  IsNumber,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { mark } from './field-marks';
import { aUuid, anId, type Sample, sampled, sampleOf } from './field-samples';
import type { FieldProblemCode, FieldSaid } from './fields-problems';
import { isSeen, manyLines, oneLine } from './kept-text';

export { type FieldMark, marksOf, replaceDigests, replaceWords, type StoredDocument, type TextRef, type Whole } from './field-marks';

export const roles = ['programme-officer', 'assessor', 'focal-point', 'evaluator', 'service', 'admin'] as const;
export type Role = (typeof roles)[number];
/** Who records the facts of a lifecycle, where a command names nobody else. */
export const officers: readonly Role[] = ['programme-officer', 'admin'];

// States are records keyed by slugs: `constructor` is the one slug that every object answers to.
/** Ids chosen by callers: they stand in addresses and stream names. */
export const slug = /^(?!constructor$)[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/;

export interface Given {
  readonly optional?: true;
  /** A list of so few to so many different values. */
  readonly many?: readonly [min: number, max: number];
}

/** What a check says where it fails: it goes with the error as its context, and stands in place of the sentence of class-validator. */
interface Saying {
  readonly each: boolean;
  /** An error without a message would lose its context. */
  readonly message: FieldProblemCode;
  readonly context: FieldSaid;
}
type Says = (code: FieldProblemCode, values?: FieldSaid['values']) => Saying;
const saying =
  (each: boolean): Says =>
  (code, values = {}) => ({ each, message: code, context: { code, values, ...(each ? { each } : {}) } });
const ofAll = saying(false);

const list = (min: number, max: number) => [
  IsArray(ofAll('NOT_A_LIST')),
  ArrayMinSize(min, ofAll('LIST_LENGTH', { min, max })),
  ArrayMaxSize(max, ofAll('LIST_LENGTH', { min, max })),
];

/** Joins checks, documentation and a sample of one word, for one value or a list of them. */
export const word = (
  about: string,
  { optional, many }: Given,
  checks: (says: Says) => PropertyDecorator[],
  schema: ApiPropertyOptions,
  sample: Sample,
  ...more: PropertyDecorator[]
) =>
  applyDecorators(
    sampled(optional === true, (from) => (many ? Array.from({ length: many[0] }, (_, nth) => sample(from, nth)) : sample(from, 0))),
    ...(many ? [...list(...many), ArrayUnique(ofAll('REPEATED'))] : []),
    ...checks(saying(many !== undefined)),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ApiProperty({
      ...schema,
      description: about,
      required: !optional,
      ...(many ? { isArray: true, minItems: many[0], maxItems: many[1] } : {}),
      ...(many && 'example' in schema ? { example: [schema.example as unknown] } : {}),
    } as ApiPropertyOptions),
    ...more,
  );

export const told = (name: string, test: (value: string) => boolean, saying: Saying) =>
  ValidateBy({ name, validator: { validate: (value) => typeof value === 'string' && test(value) } }, saying);

const text = (max: number, kept: RegExp) => (says: Says) => [
  IsString(says('NOT_TEXT')),
  Length(1, max, says('LENGTH', { min: 1, max })),
  Matches(kept, says('NOT_KEEPABLE')),
  told('seen', isSeen, says('BLANK')),
];

/** The vocabulary of command fields: each word says at once how a value is checked and how it is documented. */
export const Name = (about: string, { max = 200, ...given }: Given & { max?: number } = {}) =>
  word(about, given, text(max, oneLine), { type: String, minLength: 1, maxLength: max }, anId);

/** The id of something inside the stream (a mission, an action), chosen by the caller. */
export const Slug = (about: string, given: Given = {}) =>
  word(about, given, (says) => [Matches(slug, says('NOT_A_SLUG'))], { type: String, pattern: slug.source, maxLength: 80 }, anId);

/** The id of another stream, which must exist; unless it may be `gone`, what it tells of stands. */
export const Ref = (kind: string, about: string, { gone, ...given }: Given & { gone?: true } = {}) =>
  applyDecorators(Slug(about, given), mark({ is: 'ref', kind, ...(gone && { gone }) }));

/** `id@version` */
export const ruleSetName = /^[a-z0-9][a-z0-9-]{0,78}@[1-9]\d{0,5}$/;
/** A published rule set as `id@version`. */
export const RuleSetRef = (about: string) =>
  word(
    about,
    {},
    (says) => [Matches(ruleSetName, says('NOT_A_RULE_SET'))],
    { type: String, example: 'iuc-lac-2019@1' },
    ({ id }) => `${id(0)}@1`,
    mark({ is: 'rules' }),
  );

/** What is counted: a measure that facts of some lifecycle have. */
export const MeasureRef = (about: string, given: Given = {}) => applyDecorators(Slug(about, given), mark({ is: 'measure' }));
/** A dimension that facts of the form's measure have. */
export const DimensionRef = (about: string, given: Given = {}) =>
  applyDecorators(Name(about, { max: 80, ...given }), mark({ is: 'dimension' }));

/** The random id of somebody in the register of people; unless they may be `gone`, they are not forgotten. */
export const Person = (about: string, { gone, ...given }: Given & { gone?: true } = {}) =>
  word(
    about,
    given,
    (says) => [Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, says('NOT_A_PERSON'))],
    { type: String, format: 'uuid' },
    aUuid,
    mark({ is: 'person', ...(gone && { gone }) }),
  );

/** The random id of an account, that of somebody who acts with a token; unless it may be `gone`, it is not forgotten. */
export const Actor = (about: string, { gone, ...given }: Given & { gone?: true } = {}) =>
  word(
    about,
    given,
    (says) => [Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, says('NOT_AN_ACTOR'))],
    { type: String, format: 'uuid' },
    aUuid,
    mark({ is: 'actor', ...(gone && { gone }) }),
  );

/** Whole numbers; nothing beyond what JSON carries exactly. */
export const Count = (about: string, { min = 0, max = 1_000_000_000, ...given }: Given & { min?: number; max?: number } = {}) =>
  word(
    about,
    given,
    (says) => [IsInt(says('NOT_WHOLE')), Min(min, says('OUT_OF_RANGE', { min, max })), Max(max, says('OUT_OF_RANGE', { min, max }))],
    { type: 'integer', minimum: min, maximum: max },
    () => min,
  );

/** A figure as it was published or measured: up to six decimals. */
export const Figure = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [
      IsNumber({ maxDecimalPlaces: 6 }, says('NOT_A_FIGURE')),
      Min(-1e12, says('OUT_OF_RANGE', { min: -1e12, max: 1e12 })),
      Max(1e12, says('OUT_OF_RANGE', { min: -1e12, max: 1e12 })),
    ],
    { type: 'number', minimum: -1e12, maximum: 1e12 },
    () => 0,
  );

export const OneOf = (about: string, values: readonly string[], given: Given = {}) =>
  word(
    about,
    given,
    (says) => [IsIn([...values], says('NOT_ONE_OF', { allowed: values.join(', ') }))],
    { type: String, enum: [...values] },
    (_, nth) => values[nth],
  );
/** ISO 3166-1 alpha-2. */
export const isCountry = (text: string): boolean => /^[A-Z]{2}$/.test(text) && isISO31661Alpha2(text);
export const Country = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [told('country', isCountry, says('NOT_A_COUNTRY'))],
    { type: String, pattern: '^[A-Z]{2}$' },
    () => 'ES',
  );
export const YesNo = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [IsBoolean(says('NOT_YES_NO'))],
    { type: Boolean },
    () => false,
  );

/** Words that may name people: sent as text, kept encrypted outside events; a decision sees their `TextRef`. */
export const ProtectedText = (about: string, { max = 4000, ...given }: Given & { max?: number } = {}) =>
  word(about, given, text(max, manyLines), { type: String, minLength: 1, maxLength: max }, anId, mark({ is: 'text' }));

/** SHA-256 in hex, as documents are named by. */
export const digest = /^[0-9a-f]{64}$/;
/** A document that must be stored: sent as its digest; a decision sees its `StoredDocument`. */
export const DocumentRef = (about: string, given: Given = {}) =>
  word(
    about,
    given,
    (says) => [Matches(digest, says('NOT_A_DIGEST'))],
    { type: String, pattern: digest.source },
    () => '0'.repeat(64),
    mark({ is: 'document' }),
  );

/** A list of smaller forms. */
export const Items = (
  form: new () => object,
  about: string,
  { min = 0, max = 200, optional }: { min?: number; max?: number; optional?: true } = {},
) =>
  applyDecorators(
    sampled(optional === true, (from) => Array.from({ length: min }, () => sampleOf(form, from))),
    ...list(min, max),
    IsObject(saying(true)('NOT_AN_OBJECT')),
    ValidateNested({ each: true }),
    Type(() => form),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ApiProperty({
      type: () => form,
      isArray: true,
      description: about,
      minItems: min,
      maxItems: max,
      required: !optional,
    }),
    mark({ is: 'items', form }),
  );
/** One smaller form. */
export const Item = (form: new () => object, about: string, { optional }: Pick<Given, 'optional'> = {}) =>
  applyDecorators(
    sampled(optional === true, (from) => sampleOf(form, from)),
    IsObject(ofAll('NOT_AN_OBJECT')),
    ValidateNested(),
    Type(() => form),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ApiProperty({ type: () => form, description: about, required: !optional }),
    mark({ is: 'items', form }),
  );

/** The complete new data of an event, in the event's own shape; words go where the event holds protected texts. */
export const EventData = (about: string) =>
  applyDecorators(
    sampled(true, () => ({})),
    IsObject(ofAll('NOT_AN_OBJECT')),
    ValidateIf((_, value) => value !== undefined),
    ApiProperty({ type: 'object', additionalProperties: true, description: about, required: false } as unknown as ApiPropertyOptions),
  );
