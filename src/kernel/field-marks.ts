/** A reference that an event holds in place of words: the protected text's random id and salted digest. */
export interface TextRef {
  /** @pattern ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$ */
  readonly text: string;
  /** @pattern ^[0-9a-f]{64}$ */
  readonly digest: string;
}

/** What the engine must know of a field beyond its checks. */
export interface FieldMark {
  readonly field: string;
  /** `ref`: the id of another stream that must exist; `rules`: a rule set that must be published; `text`: words that are kept outside events; `items`: a list of forms with marks of their own. */
  readonly is: 'ref' | 'rules' | 'text' | 'items';
  readonly kind?: string;
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

/** A copy of a form in which references stand for the words of its protected texts. */
export const replaceWords = <Form extends object>(form: Form, make: (words: string) => TextRef): Form => {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(form) as object) as object, form) as Record<string, unknown>;
  const each = (value: unknown, change: (one: never) => unknown) =>
    Array.isArray(value) ? value.map(change as (one: unknown) => unknown) : change(value as never);
  for (const { field, is } of marksOf(form.constructor as new () => object)) {
    if (copy[field] === undefined) continue;
    if (is === 'text') copy[field] = each(copy[field], make);
    if (is === 'items') copy[field] = each(copy[field], (item: object) => replaceWords(item, make));
  }
  return copy as Form;
};
