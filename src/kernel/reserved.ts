import { type AnyLifecycle, type AnyState, partNamed, partsOf, type TypedEvent } from './lifecycle';

/** Who reads: an account, and its roles. */
export interface Reader {
  readonly actor: string;
  readonly roles: readonly string[];
}

/** What of a part is not for everybody to read. */
export interface Reserved<Slice, Events> {
  /** The slice as this reader is shown it. */
  readonly slice: (slice: Slice, reader: Reader) => Slice;
  /** Whether a reader is shown what such a fact says; facts that are not named are shown to all. */
  readonly facts: { readonly [E in keyof Events]?: (data: Events[E], reader: Reader) => boolean };
}

/** The state of a stream as a reader is shown it. */
export const shownTo = (of: AnyLifecycle, state: AnyState, reader: Reader): AnyState =>
  Object.fromEntries(
    partsOf(of).map(([name, { reserved }]) => [
      name,
      reserved ? (reserved.slice(state[name], reader) as unknown) : (state[name] as unknown),
    ]),
  );

/** Whether a reader is shown what a fact says. */
export const mayRead = (of: AnyLifecycle, { type, data }: TypedEvent, reader: Reader): boolean => {
  const part = of.keeping.get(type);
  const facts = part === undefined ? undefined : partNamed(of, part).reserved?.facts;
  return (facts as Readonly<Record<string, (data: unknown, reader: Reader) => boolean>> | undefined)?.[type]?.(data, reader) ?? true;
};
