import type { NextAsked, NextFound } from '../engine/next';
import type { Folded, Standing } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { Reader } from '../kernel/reserved';
import type { Language } from '../words/say';

/** A part of a list, and the cursor of the next, absent on the last. */
export interface Page {
  readonly items: readonly object[];
  readonly next?: string | undefined;
  /** Something recorded waits for repair: what rests on it says so, or is missing. */
  readonly stale?: boolean;
}
export interface PageAsked {
  readonly after?: string;
  readonly limit: number;
  readonly language: Language;
}
export type TimelineOrder = 'recorded' | 'occurred';

/** What somebody is assigned to: as an officer, or to assess its applications. */
export interface Assignment {
  readonly as: 'officer' | 'assessor';
  readonly lifecycle: string;
  readonly id: string;
  readonly since: string;
}

/** A figure: an indicator on both axes of time. */
export interface FigureQuestion {
  readonly code: string;
  readonly version?: number | undefined;
  readonly where?: Readonly<Record<string, string>> | undefined;
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly position?: string;
  readonly language: Language;
}
export interface MomentOfKnowledge {
  readonly knownAt?: string;
  readonly position?: string;
}
interface PageAskedBy {
  readonly after?: string | undefined;
  readonly limit: number;
  /** Whether the reader may see protected texts. */
  readonly words: boolean;
  readonly reader: Reader;
}
/** What an answer stands on. */
interface Stands {
  readonly code: string;
  readonly version: number;
  readonly where?: Readonly<Record<string, string>>;
  readonly asOf: string;
  readonly position: string;
  readonly epoch: string;
}
interface FactPage {
  readonly items: readonly (object & { readonly stream: string; readonly revision: number })[];
  readonly next?: string;
}
export interface Evident extends Stands, FactPage {}

/** How an indicator of a results framework stands. */
interface Progressing {
  readonly actual: (object & Partial<Stands> & { readonly is: 'entered' | 'computed'; readonly approved?: string }) | null;
}
/** A figure read again. */
interface ReadAgain {
  readonly noData?: string;
  readonly position: string;
  readonly epoch: string;
}
/** What a finding cites, as it is read again; an event as its timeline tells it. */
export type Cited = object &
  (
    | {
        readonly is: 'figure';
        readonly cited: {
          readonly indicator: string;
          readonly version: number;
          readonly asOf: string;
          readonly by?: string;
          readonly where: readonly { readonly dimension: string; readonly is: string }[];
        };
        readonly then: ReadAgain;
        readonly now: ReadAgain;
      }
    | { readonly is: 'event'; readonly stream: string; readonly revision: number }
  );

/** What the routes read; the composition binds it to the store and the read models. */
export abstract class Reading {
  /** What is in force of a thing, straight from its events; revision −1 where there are none. */
  abstract load(of: AnyLifecycle, id: string): Promise<Folded>;
  /** What somebody can do with a thing, straight from its events and those it reads; also where there are none yet. */
  abstract next(of: AnyLifecycle, id: string, asked: NextAsked): Promise<NextFound>;
  /** Fact by fact, what is in force of a thing. */
  abstract standing(of: AnyLifecycle, id: string): Promise<readonly Standing[]>;
  /** Whether anything in force in a stream came with a data set that is declared illustrative. */
  abstract isIllustrative(stream: string): Promise<boolean>;
  /**
   * The entries of a stream.
   * @param asked.words whether the reader may see protected texts
   * @param asked.reader who reads: what is not for them is said to be reserved
   * @returns `stale` where something recorded waits for repair and is not told
   */
  abstract timeline(
    stream: string,
    asked: PageAsked & { readonly order: TimelineOrder; readonly words: boolean; readonly reader: Reader },
  ): Promise<Page & { readonly stale: boolean }>;
  /** @param asked.mine only what this account is responsible for, or assesses */
  abstract list(
    of: AnyLifecycle,
    asked: PageAsked & { readonly filters: Readonly<Record<string, string>>; readonly mine?: string },
  ): Promise<Page>;
  /** What an account is assigned to and was not released from. */
  abstract assigned(account: string): Promise<readonly Assignment[]>;
  /** The applications of a call by a rule set, or by their own where none is named. @throws UnknownReference */
  abstract eligibility(call: string, asked: PageAsked & { readonly rules?: string }): Promise<Page>;
  abstract ranking(
    call: string,
    asked: PageAsked & { readonly side?: string; readonly unassessed?: boolean },
  ): Promise<Page & { readonly unassessed: number }>;
  abstract candidates(call: string, asked: PageAsked & { readonly free?: boolean }): Promise<Page>;
  /** False where the read models have not come so far in time. */
  abstract waitFor(position: bigint, milliseconds: number): Promise<boolean>;
  abstract epoch(): Promise<string>;
  /** Where an event stands; undefined where there is none. */
  abstract positionOf(stream: string, revision: number): Promise<bigint | undefined>;
  /** Reading on from there misses nothing that was recorded at or after an instant. */
  abstract positionBefore(instant: string): Promise<bigint>;
  /** What is counted, each by its code. */
  abstract indicators(language: Language): Promise<readonly (object & { readonly code: string })[]>;
  /** Nothing where there is no such indicator, or not in that version. */
  abstract figure(question: FigureQuestion & { readonly by?: string | undefined }): Promise<(object & Stands) | undefined>;
  abstract evidence(question: FigureQuestion & PageAskedBy): Promise<Evident | undefined>;
  abstract difference(
    question: FigureQuestion & PageAskedBy & { readonly from: MomentOfKnowledge; readonly to: MomentOfKnowledge },
  ): Promise<FactPage | undefined>;
  abstract series(
    question: FigureQuestion & { readonly every: 'month' | 'quarter' | 'year'; readonly from?: string | undefined },
  ): Promise<(object & Stands) | undefined>;
  /** How the indicators of a results framework stand; nothing where there is none. */
  abstract progress(
    framework: string,
    question: { asOf?: string; knownAt?: string; position?: string; language: Language },
  ): Promise<(object & { readonly indicators: readonly (object & Progressing)[] }) | undefined>;
  /** What the findings of an evaluation cite; nothing where there is none. */
  abstract citations(
    evaluation: string,
    asked: PageAskedBy & { readonly language: Language },
  ): Promise<(object & { readonly items: readonly Cited[]; readonly next?: string }) | undefined>;
  abstract report(question: { asOf?: string; knownAt?: string; position?: string; language: Language }): Promise<object>;
}

/** Whether what the service needs answers, and is as it should be. */
export class Readiness {
  /** @param checks each by its name; the promise fails where it is not. What it gives, or fails with as `NotReady`, everybody may read. */
  constructor(readonly checks: Readonly<Record<string, () => Promise<unknown>>>) {}
}

/** A check that answered, and not well: for which names. */
export class NotReady extends Error {
  constructor(readonly of: readonly string[]) {
    super(of.join(', '));
  }
}
