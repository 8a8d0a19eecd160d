import type { Axes, Stood } from '../engine/as-of';
import type { NextAsked, NextFound } from '../engine/next';
import type { Folded, Standing } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { Reader } from '../kernel/reserved';
import type { Question, Resolved } from '../monitoring/known-at';
import type { Addresses } from '../monitoring/page/section';
import type { Exports } from '../out/exports';
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

export interface TimelineAsked extends PageAsked {
  readonly order: TimelineOrder;
  readonly words: boolean;
  readonly reader: Reader;
}
export interface ListAsked extends PageAsked {
  readonly filters: Readonly<Record<string, string>>;
}

/** What somebody is assigned to: as an officer, or to assess its applications. */
export interface Assignment {
  readonly as: 'officer' | 'assessor';
  readonly lifecycle: string;
  readonly id: string;
  readonly since: string;
}

/** A figure: an indicator on both axes of time. */
export interface FigureQuestion extends Question {
  readonly code: string;
  readonly version?: number | undefined;
  readonly where?: Readonly<Record<string, string>> | undefined;
  readonly language: Language;
}
export type MomentOfKnowledge = Omit<Question, 'asOf'>;
interface PageAskedBy {
  readonly after?: string | undefined;
  readonly limit: number;
  /** Whether the reader may see protected texts. */
  readonly words: boolean;
  readonly reader: Reader;
}
/** What a figure stands on. */
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

/** Where the page of the report leads, by what it stands on. */
export type PageAddresses = (on: { readonly asOf: string; readonly position: string; readonly epoch: string }) => Addresses;

/** What the routes read; the composition binds it to the store and the read models. */
export abstract class Reading {
  /** What leaves the house. */
  abstract readonly exports: Pick<Exports, 'list' | 'standpoint' | 'table' | 'workbook' | 'datapackage' | 'iati'>;
  /** What is in force of a thing, straight from its events; revision −1 where there are none. */
  abstract load(of: AnyLifecycle, id: string): Promise<Folded>;
  /** What somebody can do with a thing, straight from its events and those it reads; also where there are none yet. */
  abstract next(of: AnyLifecycle, id: string, asked: NextAsked): Promise<NextFound>;
  /** Fact by fact, what is in force of a thing. */
  abstract standing(of: AnyLifecycle, id: string): Promise<readonly Standing[]>;
  /** What a question on two axes of time stands on. @throws Malformed, Rejected as `resolve` of monitoring does */
  abstract resolve(question: Question): Promise<Resolved>;
  /** How a thing stood on a day, as known at a position; straight from its events, revision −1 where none was known. */
  abstract stood(of: AnyLifecycle, id: string, axes: Axes): Promise<Stood>;
  /** Whether anything of it came with a data set that was known to be declared illustrative. */
  abstract wasIllustrative(stood: Stood, axes: Axes): Promise<boolean>;
  /** Its entries, each as it stood. */
  abstract timelineAsOf(stood: Stood, axes: Axes, asked: TimelineAsked): Promise<Page>;
  /** Only of lifecycles whose list can be asked for as it stood. */
  abstract listAsOf(of: AnyLifecycle, axes: Axes, asked: ListAsked): Promise<Page>;
  /** Whether anything in force in a stream came with a data set that is declared illustrative. */
  abstract isIllustrative(stream: string): Promise<boolean>;
  /**
   * The entries of a stream.
   * @param asked.words whether the reader may see protected texts
   * @param asked.reader who reads: what is not for them is said to be reserved
   * @returns `stale` where something recorded waits for repair and is not told
   */
  abstract timeline(stream: string, asked: TimelineAsked): Promise<Page & { readonly stale: boolean }>;
  /** @param asked.mine only what this account is responsible for, or assesses */
  abstract list(of: AnyLifecycle, asked: ListAsked & { readonly mine?: string }): Promise<Page>;
  /** What is to be done by when. @param asked.by only what this account answers for */
  abstract due(asked: PageAsked & { readonly within: number; readonly by?: string }): Promise<Page>;
  /** What an account is assigned to and was not released from. */
  abstract assigned(account: string): Promise<readonly Assignment[]>;
  /** The applications of a call by a rule set, or by their own where none is named. @throws UnknownReference */
  abstract eligibility(call: string, asked: PageAsked & { readonly rules?: string }): Promise<Page>;
  abstract ranking(
    call: string,
    asked: PageAsked & { readonly side?: string; readonly unassessed?: boolean },
  ): Promise<Page & { readonly unassessed: number }>;
  /** How it would rank by other weights. @throws Malformed for weights that are none */
  abstract whatIfRanking(
    call: string,
    asked: PageAsked & { readonly side?: string; readonly weights: Readonly<Record<string, number>> },
  ): Promise<Page>;
  abstract candidates(call: string, asked: PageAsked & { readonly free?: boolean }): Promise<Page>;
  /** False where the read models, or those named, have not come so far in time. */
  abstract waitFor(position: bigint, milliseconds: number, readModels?: readonly string[]): Promise<boolean>;
  abstract epoch(): Promise<string>;
  /** Position of the newest event. */
  abstract head(): Promise<bigint>;
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
  abstract register(
    question: Question & { readonly language: Language },
  ): Promise<object & { readonly claims: readonly { readonly differs: boolean }[] }>;
  /** How the indicators of a results framework stand; nothing where there is none. */
  abstract progress(
    framework: string,
    question: Question & { readonly language: Language },
  ): Promise<(object & { readonly indicators: readonly (object & Progressing)[] }) | undefined>;
  /** What the findings of an evaluation cite; nothing where there is none. */
  abstract citations(
    evaluation: string,
    asked: PageAskedBy & { readonly language: Language },
  ): Promise<(object & { readonly items: readonly Cited[]; readonly next?: string }) | undefined>;
  /** Time spent in each phase of a pairing, and where pairings wait. */
  abstract process(
    question: Question & { readonly by?: 'call' | 'component' | 'country' | undefined; readonly language: Language },
  ): Promise<object>;
  abstract report(question: Question & { readonly language: Language }): Promise<object>;
  /** The same and more to look at: HTML that leads on to the addresses. */
  abstract reportPage(question: Question & { readonly language: Language; readonly addresses: PageAddresses }): Promise<string>;
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
