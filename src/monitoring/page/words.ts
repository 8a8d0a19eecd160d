import type { Comparator } from '../../parts/claim-course';
import type { Kind } from '../../parts/pipa-course-forms';
import type { Language } from '../../words/say';
import type { Status } from '../progress-rule';
import { english } from './words-en';
import { portuguese } from './words-pt';
import { spanish } from './words-es';

/** What the page of the report says in one language. Numbers and days come in as they are written in it. */
export interface PageWords {
  readonly title: string;
  readonly skip: string;
  readonly contents: string;
  readonly standing: (asOf: string, knownAt: string | undefined) => string;
  readonly position: (position: string, epoch: string) => string;
  readonly nothing: string;
  readonly imported: string;
  readonly straddling: (facts: number, shown: string) => string;
  readonly illustrativeMark: string;
  readonly illustrative: string;
  readonly again: string;
  readonly none: string;

  readonly figures: string;
  readonly figuresCaption: string;
  readonly figure: string;
  readonly counted: string;
  readonly unit: string;
  readonly published: string;
  readonly agrees: string;
  readonly differs: string;
  readonly nothingToCompare: string;

  readonly claims: string;
  readonly claimsSummary: (agree: string, differ: string, contradict: string, not: string) => string;
  readonly claimsCaption: string;
  readonly claim: string;
  readonly day: string;
  readonly ofNoDay: string;
  readonly recount: string;
  readonly contradictions: string;
  readonly contradictionsCaption: string;
  readonly explained: string;
  readonly withdrawn: string;
  readonly derived: string;
  readonly source: string;
  readonly comparators: Readonly<Record<Comparator, string>>;
  readonly differencesChart: string;
  readonly differencesChartSays: (claims: string) => string;
  readonly percentOfPublished: string;

  readonly progress: string;
  readonly noFramework: string;
  readonly baseline: string;
  readonly target: string;
  readonly period: string;
  readonly value: string;
  readonly expected: string;
  readonly status: string;
  readonly statuses: Readonly<Record<Status, string>>;
  readonly progressChartSays: string;
  readonly percentOfWay: string;
  readonly indicator: string;

  readonly phases: string;
  readonly phase: string;
  readonly phasesCaption: string;
  readonly pairings: string;
  readonly median: string;
  readonly ninetieth: string;
  readonly took: string;
  readonly waits: string;
  readonly phasesChartSays: string;
  readonly days: string;

  readonly pipas: string;
  readonly pipasIntroduction: string;
  readonly active: string;
  readonly activeCaption: string;
  readonly activeChartSays: string;
  readonly year: string;
  readonly atEnd: (day: string) => string;
  readonly all: string;
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly kindsActive: Readonly<Record<Kind, string>>;
  readonly countries: string;
  readonly countriesCaption: string;
  readonly countriesChartSays: string;
  readonly pipa: string;
  readonly kind: string;
  readonly approved: string;
  readonly members: string;
  readonly minimum: string;
  readonly noMinimum: string;
  readonly belowMinimum: string;
  readonly aboveMinimum: string;
  readonly notKnown: string;
  readonly stated: string;
  readonly statedCaption: string;
  readonly changes: string;
  readonly changesCaption: string;
  readonly course: string;

  readonly annex: string;
  readonly annexCaption: string;
  readonly why: string;
}

export const pageWords: Readonly<Record<Language, PageWords>> = { en: english, es: spanish, pt: portuguese };
