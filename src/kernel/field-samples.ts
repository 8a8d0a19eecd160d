import { plainToInstance } from 'class-transformer';
import { replaceDigests, replaceWords } from './field-marks';
import { lastDay, type PartialDate } from './partial-date';

/** What samples are made from: the date they are asked for, and ids that nobody gave out yet. */
export interface Sampling {
  readonly on: PartialDate;
  readonly id: (nth: number) => string;
}
/** A value that a field takes: the n-th, where it takes several different ones. */
export type Sample = (from: Sampling, nth: number) => unknown;
/** Most words of the vocabulary take this. */
export const anId: Sample = ({ id }, nth) => id(nth);
export const aUuid: Sample = () => '00000000-0000-4000-8000-000000000000';
export const itsDay: Sample = ({ on }) => lastDay(on);

interface Described {
  readonly field: string;
  readonly optional: boolean;
  readonly sample: (from: Sampling) => unknown;
}
const describedKey = Symbol('puente:fields');
const describedIn = (form: new () => object): readonly Described[] =>
  (Reflect.getMetadata(describedKey, form) as readonly Described[] | undefined) ?? [];
/** Tells of a field whether it may be left out, and what it might hold. */
export const sampled =
  (optional: boolean, sample: Described['sample']): PropertyDecorator =>
  (target, field) => {
    const form = target.constructor as new () => object;
    Reflect.defineMetadata(describedKey, [...describedIn(form), { field: String(field), optional, sample }], form);
  };

/** The names of the fields of a form that must, and that may, be given. */
export const fieldsToGive = (form: new () => object): { readonly required: readonly string[]; readonly optional: readonly string[] } => ({
  required: describedIn(form).flatMap(({ field, optional }) => (optional ? [] : [field])),
  optional: describedIn(form).flatMap(({ field, optional }) => (optional ? [field] : [])),
});

/** The body of a command with something in every field that must be given: it passes every check of its form. */
export const sampleOf = (form: new () => object, from: Sampling): Readonly<Record<string, unknown>> =>
  Object.fromEntries(describedIn(form).flatMap(({ field, optional, sample }) => (optional ? [] : [[field, sample(from)]])));

const noWords = { text: '', digest: '' };
/** A body as a decision sees it, without words being kept or documents looked up. */
export const unkept = (form: new () => object, body: object): object =>
  replaceDigests(
    replaceWords(plainToInstance(form, body), () => noWords),
    (digest) => ({ digest, mediaType: 'application/pdf', size: 0 }),
  );
