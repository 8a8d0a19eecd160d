import type { Day } from '../kernel/partial-date';
import { ownKey, type Recounted } from './recounted-facts';

/** The measures that decide what the facts of other streams count as. */
const groundMeasures: readonly string[] = ['party-merged', 'data-sets', 'illustrative-measures'];
export const isGround = ({ measure }: Pick<Recounted, 'measure'>): boolean => groundMeasures.includes(measure);

/** What a fact counts as. */
export interface RecountedGround {
  readonly root: (key: string) => string;
  readonly illustrates: (fact: Recounted) => boolean;
}

/** Merges are looked at in the order in which they were first recorded; one that would close a circle is passed over. */
const rootOf = (facts: readonly Recounted[], asOf: Day): ((key: string) => string) => {
  const left = new Map<string, { sum: number; made: Recounted | undefined }>();
  for (const fact of facts.filter(({ measure, to }) => measure === 'party-merged' && to <= asOf)) {
    const key = `${fact.stream} ${fact.subject}`;
    const { sum, made } = left.get(key) ?? { sum: 0, made: undefined };
    const isLater = fact.quantity > 0 && (made === undefined || fact.revision > made.revision);
    left.set(key, { sum: sum + fact.quantity, made: isLater ? fact : made });
  }
  const latest = new Map<string, Recounted>();
  for (const { sum, made } of left.values())
    if (made && sum > 0 && made.revision > (latest.get(made.stream)?.revision ?? -1)) latest.set(made.stream, made);
  const into = new Map<string, string>();
  const root = (key: string): string => {
    let at = key;
    for (let next = into.get(at); next !== undefined; next = into.get(at)) at = next;
    return at;
  };
  for (const { stream, subject } of [...latest.values()].toSorted((one, other) => (one.position < other.position ? -1 : 1)))
    if (root(subject) !== ownKey(stream)) into.set(ownKey(stream), subject);
  return root;
};

/** Of a data set that was declared illustrative: all that came with it, or its facts of the measures that it names. */
const illustratesIn = (facts: readonly Recounted[]): ((fact: Recounted) => boolean) => {
  const madeUp = new Map<string, ReadonlySet<string> | 'everything'>();
  for (const { stream, ...declared } of facts) {
    if (declared.measure !== 'data-sets' || declared.quantity <= 0 || declared.dimensions['illustrative'] !== 'yes') continue;
    const named = facts
      .filter((each) => each.stream === stream && each.measure === 'illustrative-measures' && each.quantity > 0)
      .flatMap(({ dimensions }) => dimensions['measure'] ?? []);
    const before = madeUp.get(declared.import);
    madeUp.set(declared.import, named.length === 0 || before === 'everything' ? 'everything' : new Set([...(before ?? []), ...named]));
  }
  return (fact) => {
    const measures = madeUp.get(fact.import);
    return measures !== undefined && (measures === 'everything' || measures.has(fact.measure));
  };
};

/** @param facts those of the measures of `isGround`, of all streams */
export const recountedGround = (facts: readonly Recounted[], asOf: Day): RecountedGround => ({
  root: rootOf(facts, asOf),
  illustrates: illustratesIn(facts),
});
