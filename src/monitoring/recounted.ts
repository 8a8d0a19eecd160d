import type { Day } from '../kernel/partial-date';
import { selectionsOf } from '../parts/indicator-counting';
import { type AskedByDimension, narrowed } from './asked';
import type { Counts, RecountedFigure, Tally } from './recounted-apart';
import { type KnownStream, knownBy, ownKey, type Recounted, recountedFacts } from './recounted-facts';
import { isGround, type RecountedGround, recountedGround } from './recounted-ground';
import { tallyOf } from './recounted-tallies';

/** A figure that is asked for: on which day, as known at which position. */
export interface RecountAsked {
  readonly asked: AskedByDimension;
  readonly asOf: Day;
  readonly position: bigint;
}
export interface RecountedAnswer extends RecountedFigure {
  readonly groups?: readonly (RecountedFigure & { readonly is: string | null })[];
}

interface Counting {
  readonly tally: Tally;
  readonly by: string | undefined;
  readonly measures: ReadonlySet<string>;
}
/** Questions on the same axes. */
interface Moment {
  readonly asOf: Day;
  readonly position: bigint;
  readonly countings: readonly Counting[];
}

/**
 * Figures counted again from the events, one stream at a time, without the facts that are kept and without SQL: first every stream is
 * looked at (`look`) for what decides what others count as, then every one is counted (`add`).
 */
export class Recount {
  private readonly moments = new Map<string, Moment & { readonly countings: Counting[] }>();
  private readonly inOrder: Counting[];
  private readonly groundFacts = new Map<bigint, Recounted[]>();
  private readonly grounds = new Map<Moment, RecountedGround>();

  constructor(questions: readonly RecountAsked[]) {
    this.inOrder = questions.map(({ asked, asOf, position }) => {
      const counting = narrowed(asked.counting, asked.where);
      const key = `${asOf} ${position}`;
      const moment = this.moments.get(key) ?? { asOf, position, countings: [] };
      this.moments.set(key, moment);
      this.groundFacts.set(position, []);
      const made: Counting = {
        tally: tallyOf(counting, asOf, asked.by),
        by: asked.by,
        measures: new Set(selectionsOf(counting).map(({ measure }) => measure)),
      };
      moment.countings.push(made);
      return made;
    });
  }

  /** @returns whether anything in it decides what other facts count as */
  look(known: KnownStream): boolean {
    let found = false;
    for (const [position, kept] of this.groundFacts) {
      const facts = recountedFacts(knownBy(known, position)).filter(isGround);
      kept.push(...facts);
      found ||= facts.length > 0;
    }
    return found;
  }

  add(known: KnownStream): void {
    const told = new Map<number, readonly Recounted[]>();
    for (const moment of this.moments.values()) {
      const then = knownBy(known, moment.position);
      const facts = told.get(then.recorded.length) ?? recountedFacts(then);
      told.set(then.recorded.length, facts);
      if (facts.length === 0) continue;
      const { root, illustrates } = this.groundOf(moment);
      const counts = facts.map((fact): Counts => ({
        ...fact,
        subject: root(fact.subject),
        counts: root(ownKey(fact.stream)),
        illustrative: illustrates(fact),
      }));
      const measures = new Set(facts.map(({ measure }) => measure));
      for (const { tally, measures: wanted } of moment.countings) if ([...wanted].some((each) => measures.has(each))) tally.add(counts);
    }
  }

  /** In the order of the questions. */
  answers(): readonly RecountedAnswer[] {
    return this.inOrder.map(({ tally, by }) => ({
      ...tally.whole(),
      ...(by !== undefined && {
        groups: [...tally.met]
          .toSorted((one, other) => (one === null ? 1 : other === null || one < other ? -1 : 1))
          .map((is) => ({ is, ...tally.group(is) })),
      }),
    }));
  }

  private groundOf(moment: Moment): RecountedGround {
    const known = this.grounds.get(moment) ?? recountedGround(this.groundFacts.get(moment.position)!, moment.asOf);
    this.grounds.set(moment, known);
    return known;
  }
}
