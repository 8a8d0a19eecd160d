// A whole number in an event. The schema knows it by this name: an annotation on the line of a field belongs, to the compiler, to what
// stands before it, and is lost.
/**
 * @asType integer
 * @internal
 */
export type Whole = number;

/** A reference that an event holds in place of words: the protected text's random id and salted digest. */
export interface TextRef {
  /** @pattern ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$ */
  readonly text: string;
  /** @pattern ^[0-9a-f]{64}$ */
  readonly digest: string;
}

/** What an event says of a document, as it was described when the event was recorded; its bytes are kept by their digest. */
export interface StoredDocument {
  /**
   * SHA-256 of the bytes.
   * @pattern ^[0-9a-f]{64}$
   */
  readonly digest: string;
  readonly mediaType: string;
  /**
   * ISO 639-1; absent where nobody said.
   * @pattern ^[a-z]{2}$
   */
  readonly language?: string;
  /** Bytes. */
  readonly size: Whole;
}

/** What a field names outside its own stream. */
type Named = 'ref' | 'rules' | 'person' | 'actor' | 'measure' | 'dimension' | 'event' | 'lifecycle' | 'eventType' | 'eventDimension';

/** What the engine must know of a field beyond its checks. */
export interface FieldMark {
  readonly field: string;
  /** `ref`: another stream that must stand; `rules`: a rule set that must be published; `person`: somebody in the register of people; `actor`: an account, that of somebody who acts with a token; `measure`, `dimension`: what facts count, and by what they are told apart; `event`: one that was recorded; `lifecycle`, `eventType`, `eventDimension`: what events are told apart by; `text`: words that are kept outside events; `document`: the digest of a stored document; `items`: a list of forms with marks of their own. */
  readonly is: Named | 'text' | 'document' | 'items';
  readonly kind?: string;
  /** What it names may have been retracted, or forgotten, since it was there. */
  readonly gone?: true;
  readonly form?: new () => object;
}

const marksKey = Symbol('puente:marks');
export const mark =
  (made: Omit<FieldMark, 'field'>): PropertyDecorator =>
  (target, field) =>
    Reflect.defineMetadata(
      marksKey,
      [...marksOf(target.constructor as new () => object), { ...made, field: String(field) }],
      target.constructor,
    );
export const marksOf = (form: new () => object): readonly FieldMark[] =>
  (Reflect.getMetadata(marksKey, form) as FieldMark[] | undefined) ?? [];

/** A copy of a form with another value for each that was sent in a field of this kind. */
const replaceMarked = <Form extends object>(form: Form, kind: FieldMark['is'], make: (sent: string) => unknown): Form => {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(form) as object) as object, form) as Record<string, unknown>;
  const each = (value: unknown, change: (one: never) => unknown) =>
    Array.isArray(value) ? value.map(change as (one: unknown) => unknown) : change(value as never);
  for (const { field, is } of marksOf(form.constructor as new () => object)) {
    if (copy[field] === undefined) continue;
    if (is === kind) copy[field] = each(copy[field], make);
    if (is === 'items') copy[field] = each(copy[field], (item: object) => replaceMarked(item, kind, make));
  }
  return copy as Form;
};

/** A copy of a form in which references stand for the words of its protected texts. */
export const replaceWords = <Form extends object>(form: Form, make: (words: string) => TextRef): Form => replaceMarked(form, 'text', make);

/** A copy of a form in which descriptions stand for the digests of its documents. */
export const replaceDigests = <Form extends object>(form: Form, make: (digest: string) => StoredDocument): Form =>
  replaceMarked(form, 'document', make);
