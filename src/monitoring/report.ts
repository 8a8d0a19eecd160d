import type { Pool } from 'pg';
import type { Day } from '../kernel/partial-date';
import type { TextRef } from '../kernel/fields';
import type { ClaimEvents } from '../parts/claim-course';
import { type EventStore, idOf } from '../store/port';
import type { Language } from '../words/say';
import { agreeWithEachOther, agrees } from './claims';
import { count, type Counted, type Figure } from './figures';
import { type Indicator, Indicators, type PublishedClaim } from './indicators';
import { type Question, resolve } from './known-at';
import { type Recounted, Recounts } from './recounts';

type Published = ClaimEvents['ClaimPublished'];

export interface ReportedClaim extends Omit<Published, 'about' | 'against' | 'notCountable'> {
  /** Of the claim: `/v1/claims/{id}`. */
  readonly id: string;
  /** The figure on the last day the claim may speak of (that of the report where nobody said), known as the report knows it; null where there is none. */
  readonly recount: number | null;
  /** Null where nothing was known yet, or there is no figure. */
  readonly agrees: boolean | null;
}

export interface ReportedIndicator extends Figure {
  readonly code: string;
  readonly version: number;
  readonly label: string;
  readonly unit: string;
  readonly claims: readonly ReportedClaim[];
}

export interface Report {
  readonly asOf: Day;
  readonly knownAt: string | null;
  readonly position: string;
  readonly epoch: string;
  readonly illustrative: boolean;
  /** Which data sets are illustrative, in words. */
  readonly notes: readonly string[];
  /** Facts whose rough date begins by `asOf` and may end after it: no figure counts them yet. */
  readonly straddling: number;
  readonly indicators: readonly ReportedIndicator[];
  /** What was published and cannot be counted here, and why. */
  readonly notCountable: readonly (Omit<Published, 'about' | 'against'> & { readonly id: string; readonly about: string })[];
}

/** What a claim is held against. */
interface Recount extends Recounted {
  /** Null where nothing was known yet, or there is no figure. */
  readonly agrees: boolean | null;
}

/** A published figure, with what it is held against. */
export interface RegisteredClaim extends Omit<Published, 'about' | 'against'> {
  readonly id: string;
  readonly about: string;
  readonly is: 'published' | 'withdrawn';
  /** Text of the explanation of a difference, where somebody gave one. */
  readonly explanation?: TextRef;
  readonly recounts: readonly Recount[];
  /** Claims about the same figure that cannot be true together with it. */
  readonly contradicts: readonly string[];
  /** No recount agrees with it, or another claim contradicts it. */
  readonly differs: boolean;
}
export interface Register extends Omit<Report, 'indicators' | 'notCountable' | 'straddling' | 'illustrative' | 'notes'> {
  readonly claims: readonly RegisteredClaim[];
}

/** The figures of a programme beside what was published about it. */
export class Reports {
  constructor(
    private readonly pool: Pool,
    private readonly store: Pick<EventStore, 'epoch'>,
    private readonly definitions: Pick<Indicators, 'at' | 'claims'> = new Indicators(pool),
  ) {}

  /** Every claim against its recounts, and against other claims about the same figure. @throws as `make` */
  async register({ language, ...question }: Question & { readonly language: Language }): Promise<Register> {
    return registerOf(await this.count(question), language);
  }

  /**
   * All figures at one position of the log.
   * @throws Malformed, Rejected as `resolve` does
   */
  async make({ language, ...question }: Question & { readonly language: Language }): Promise<Report> {
    return reportOf(await this.count(question), language);
  }

  /** Both, counted once. @throws as `make` */
  async whole({ language, ...question }: Question & { readonly language: Language }): Promise<{
    readonly report: Report;
    readonly register: Register;
  }> {
    const found = await this.count(question);
    return { report: reportOf(found, language), register: registerOf(found, language) };
  }

  /** Everything that is reported: on the day asked for, and each claim on the day that it speaks of. */
  private async count(question: Question): Promise<Found> {
    const { knownAt, asOf, position } = await resolve(this.pool, question);
    const [epoch, defined, claims] = await Promise.all([
      this.store.epoch(),
      this.definitions.at(position),
      this.definitions.claims(position),
    ]);
    const against = new Recounts(defined, asOf);
    for (const claim of claims) against.add(claim);
    const [today] = await Promise.all([
      count(this.pool, defined, { asOf, position }, true),
      against.count((asked, day) => count(this.pool, asked, { asOf: day, position })),
    ]);
    const recountsOf = (claim: PublishedClaim): readonly Recount[] =>
      against.of(claim).map(({ recount, ...on }) => {
        const unknown = position === 0n || recount === null;
        return { ...on, recount, agrees: unknown ? null : agrees(claim.claim.published, recount) };
      });
    return { asOf, knownAt, position, epoch, defined, claims, today, recountsOf };
  }
}

interface Found {
  readonly asOf: Day;
  readonly knownAt: string | null;
  readonly position: bigint;
  readonly epoch: string;
  readonly defined: readonly Indicator[];
  readonly claims: readonly PublishedClaim[];
  readonly today: Counted;
  readonly recountsOf: (claim: PublishedClaim) => readonly Recount[];
}

const registerOf = ({ claims, recountsOf, asOf, knownAt, position, epoch }: Found, language: Language): Register => ({
  ...{ asOf, knownAt, position: String(position), epoch },
  claims: claims.map((claim) => registered(claim, claims, recountsOf(claim), language)),
});

const reportOf = ({ asOf, knownAt, position, epoch, defined, claims: all, today, recountsOf }: Found, language: Language): Report => {
  const claims = all.filter(({ claim }) => claim.is === 'published');
  const held = claims.flatMap((claim) => recountsOf(claim).map((recount) => ({ ...recount, claim })));
  const indicators = defined.map(({ code, version, label, unit }, number): ReportedIndicator => {
    return {
      ...{ code, version, label: label[language], unit: unit[language] },
      ...today.figures[number]!,
      claims: held.filter(({ indicator }) => indicator === code).map(({ claim, ...recount }) => reported(claim, recount)),
    };
  });
  return {
    asOf,
    knownAt,
    position: String(position),
    epoch,
    illustrative: indicators.some(({ illustrative }) => illustrative),
    notes: today.dataSets.map((stream) => declaredIllustrative[language](idOf(stream))),
    straddling: today.straddling,
    indicators,
    notCountable: claims.flatMap(({ id, claim: { published } }) => {
      const { about, against, ...rest } = published;
      return against.length === 0 ? [{ id, about: about[language], ...rest }] : [];
    }),
  };
};

const registered = (
  { id, claim }: PublishedClaim,
  all: readonly PublishedClaim[],
  recounts: RegisteredClaim['recounts'],
  language: Language,
): RegisteredClaim => {
  const { about, value, comparator, asOf, where, figure, source, derived, notCountable } = claim.published;
  const contradicts = all.flatMap((other) =>
    claim.is === 'published' &&
    other.claim.is === 'published' &&
    figure !== undefined &&
    other.claim.published.figure === figure &&
    !agreeWithEachOther({ value, comparator }, other.claim.published)
      ? [other.id]
      : [],
  );
  return {
    ...{ id, about: about[language], is: claim.is, value, comparator, source },
    ...(asOf !== undefined && { asOf }),
    ...(where && { where }),
    ...(figure !== undefined && { figure }),
    ...(derived !== undefined && { derived }),
    ...(notCountable !== undefined && { notCountable }),
    ...(claim.explanation && { explanation: claim.explanation }),
    ...{ recounts, contradicts },
    differs: claim.is === 'published' && (contradicts.length > 0 || recounts.some(({ agrees }) => agrees === false)),
  };
};

const reported = ({ id, claim: { published } }: PublishedClaim, { recount, agrees }: Recount): ReportedClaim => {
  const { value, comparator, asOf, where, source, derived } = published;
  return {
    ...{ id, value, comparator, source },
    ...(asOf !== undefined && { asOf }),
    ...(where && { where }),
    ...(derived !== undefined && { derived }),
    ...{ recount, agrees },
  };
};

/** That a data set is illustrative, in words. */
export const declaredIllustrative: Readonly<Record<Language, (dataSet: string) => string>> = {
  en: (dataSet) => `Data set ${dataSet} is illustrative: what was never published in it was made up so that the published totals come out.`,
  es: (dataSet) =>
    `El conjunto de datos ${dataSet} es ilustrativo: lo que nunca se publicó se supuso de modo que resulten los totales publicados.`,
  pt: (dataSet) =>
    `O conjunto de dados ${dataSet} é ilustrativo: o que nunca foi publicado foi suposto de modo que resultem os totais publicados.`,
};
