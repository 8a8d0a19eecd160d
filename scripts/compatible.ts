/**
 * Says what became of the promises of a released schema: what no subscriber could live with, and what subscribers have to be told. A test
 * asks it of every version in `docs/contracts/released/`; `docs/decisions/contracts.md` says why it answers as it does.
 */
import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '../src/delivery/contracts';

/** What became of a promise: `breaks` may never be, `widens` is told to subscribers before it is recorded. */
export interface Changes {
  readonly breaks: readonly string[];
  readonly widens: readonly string[];
}

const none: Changes = { breaks: [], widens: [] };
const broken = (path: string, what: string): Changes => ({ breaks: [`${path} ${what}`], widens: [] });
const widened = (path: string, what: string): Changes => ({ breaks: [], widens: [`${path} ${what}`] });
const all = (changes: readonly Changes[]): Changes => ({
  breaks: changes.flatMap(({ breaks }) => breaks),
  widens: changes.flatMap(({ widens }) => widens),
});

/** They say nothing of an instance, or are followed below. */
const looked = new Set([
  ...['$schema', '$id', '$ref', 'title', 'description', 'definitions', '$comment', 'examples'],
  ...['anyOf', 'const', 'enum', 'type', 'properties', 'required', 'additionalProperties', 'items'],
]);
const shown = (value: unknown) => JSON.stringify(value) as string | undefined;
const named = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

/** One comparison of two schemas, each with its own definitions. */
class Comparison {
  /** Pairs of definitions that are being compared: shapes that hold themselves end here. */
  private readonly under = new Set<string>();

  constructor(
    private readonly released: JsonSchema,
    private readonly present: JsonSchema,
  ) {}

  of(was: JsonSchema, is: JsonSchema, path: string): Changes {
    const pair = `${was.$ref ?? ''} ${is.$ref ?? ''}`;
    if (was.$ref === undefined && is.$ref === undefined) return this.shapes(was, is, path);
    if (was.$ref !== undefined && is.$ref !== undefined) {
      if (this.under.has(pair)) return none;
      this.under.add(pair);
    }
    const found = this.of(target(this.released, was), target(this.present, is), path);
    this.under.delete(pair);
    return found;
  }

  private shapes(was: JsonSchema, is: JsonSchema, path: string): Changes {
    if (was.anyOf || is.anyOf) return all([this.alternatives(was, is, path), rest(was, is, path)]);
    if (!isDeepStrictEqual(was.type, is.type))
      return broken(path, `was of type ${shown(was.type) ?? 'any'} and is of type ${shown(is.type) ?? 'any'}`);
    return all([values(was, is, path), this.fields(was, is, path), this.inner(was, is, path), rest(was, is, path)]);
  }

  /** Each that was there has one that is there; which is which cannot be told by name. */
  private alternatives({ anyOf: was }: JsonSchema, { anyOf: is }: JsonSchema, path: string): Changes {
    if (!was || !is) return broken(path, was ? 'was one of several and is one alone' : 'was one alone and is one of several');
    const left = new Set(is);
    const kept = was.map((each, i) => {
      const fits = [...left].map((candidate) => ({ candidate, found: this.of(each, candidate, `${path}[${i}]`) }));
      const [best] = fits
        .filter(({ found }) => found.breaks.length === 0)
        .sort((one, other) => one.found.widens.length - other.found.widens.length);
      if (best) left.delete(best.candidate);
      return best?.found ?? broken(`${path}[${i}]`, 'is none of the alternatives any more');
    });
    return all([...kept, ...[...left].map((each) => widened(path, `may be ${shown(each)} too`))]);
  }

  private fields(was: JsonSchema, is: JsonSchema, path: string): Changes {
    const [before, now] = [was.properties ?? {}, is.properties ?? {}];
    const [asked, asks] = [new Set(was.required), new Set(is.required)];
    return all([
      ...Object.keys(before).map((name) =>
        now[name] ? this.of(before[name]!, now[name], named(path, name)) : broken(named(path, name), 'is gone'),
      ),
      ...[...asked].filter((name) => now[name] && !asks.has(name)).map((name) => broken(named(path, name), 'may be left out')),
      ...[...asks].filter((name) => !asked.has(name)).map((name) => broken(named(path, name), 'is asked of events recorded without it')),
    ]);
  }

  private inner(was: JsonSchema, is: JsonSchema, path: string): Changes {
    return all(
      (['items', 'additionalProperties'] as const).map((keyword) => {
        const [before, now] = [was[keyword], is[keyword]];
        if (isShape(before) && isShape(now)) return this.of(before, now, keyword === 'items' ? `${path}[]` : `${path}.*`);
        return before === now ? none : broken(path, `had ${keyword} ${shown(before) ?? 'of any kind'} and has ${shown(now) ?? 'any'}`);
      }),
    );
  }
}

const isShape = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);

const target = (whole: JsonSchema, { $ref, ...shape }: JsonSchema): JsonSchema => {
  if ($ref === undefined) return shape;
  const found = whole.definitions?.[$ref.slice('#/definitions/'.length)];
  if (!found) throw new Error(`${whole.$id ?? 'a schema'} has no ${$ref}`);
  return found;
};

/** The values that a schema lists, if it does. */
const listed = (shape: JsonSchema): readonly unknown[] | undefined => ('const' in shape ? [shape.const] : shape.enum);

const values = (was: JsonSchema, is: JsonSchema, path: string): Changes => {
  const [before, now] = [listed(was), listed(is)];
  if (!before && !now) return none;
  if (!before || !now) return broken(path, before ? 'was one of a list and is any' : 'was any and is one of a list');
  const has = (list: readonly unknown[], value: unknown) => list.some((each) => isDeepStrictEqual(each, value));
  return all([
    ...before.filter((value) => !has(now, value)).map((value) => broken(path, `cannot be ${shown(value)} any more`)),
    ...now.filter((value) => !has(before, value)).map((value) => widened(path, `may be ${shown(value)} too`)),
  ]);
};

/** Patterns, limits and whatever else there may be: tighter, what is in the log would not fit; wider, what was promised would not hold. */
const rest = (was: JsonSchema, is: JsonSchema, path: string): Changes =>
  all(
    [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .filter((keyword) => !looked.has(keyword) && !isDeepStrictEqual(was[keyword], is[keyword]))
      .map((keyword) => broken(path, `had ${keyword} ${shown(was[keyword]) ?? 'none'} and has ${shown(is[keyword]) ?? 'none'}`)),
  );

/**
 * What became of the promises of one released schema. Two must hold at once, since the log is for ever and feeds begin at its beginning:
 * what was recorded under the released schema satisfies the present one, and what is recorded under the present one satisfies the
 * released one. Only fields that may be left out can be added so; values and alternatives that are added break the second alone.
 */
export const changesOf = (released: JsonSchema, present: JsonSchema | undefined): Changes => {
  const name = released.title ?? '';
  return present ? new Comparison(released, present).of(released, present, name) : broken(name, 'is gone');
};
