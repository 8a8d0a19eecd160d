import { checkpoints } from '../engine/checkpoints';
import { isRefusal } from '../engine/refused';
import { asideIn, isPassing } from '../engine/runner-parking';
import { measuresOf } from '../kernel/lifecycle';
import { Rejected } from '../kernel/refusal';
import { facts } from '../monitoring/facts';
import { count, dimensionsOfCounting, mixesCurrencies } from '../monitoring/figures';
import { type Indicator, Indicators, indicatorsModel } from '../monitoring/indicators';
import { resolve } from '../monitoring/known-at';
import { type RecountAsked, type RecountedAnswer, Recount } from '../monitoring/recounted';
import type { RecountedFigure } from '../monitoring/recounted-apart';
import type { KnownStream } from '../monitoring/recounted-facts';
import { isGround } from '../monitoring/recounted-ground';
import { Reports } from '../monitoring/report';
import type { Puente } from '../puente';
import { type Check, checked, Found } from './checks';
import { knownStreams, lifecycleOf, type MomentToAsk, type ReadThrough } from './log-streams';
import { inWords } from './refusal-in-words';
import type { Visitor } from './verify-log';

/** What of the log can be asked about: both facts and the definitions that figures are counted by have taken it in. */
export interface FactsKnown {
  readonly position: bigint;
  /** Streams they have set aside, and from which revision on. */
  readonly aside: ReadonlyMap<string, { readonly revision: number; readonly givenUp: boolean }>;
}
export const factsKnown = async ({ pool, store }: Pick<Puente, 'pool' | 'store'>): Promise<FactsKnown> => {
  const keys = [facts, indicatorsModel].map(({ name }) => `read-model ${name}`);
  const reached = await checkpoints(pool, keys, await store.epoch());
  const [counted, defined] = keys.map((key) => reached.get(key) ?? 0n) as [bigint, bigint];
  const aside = await asideIn(pool, facts.name);
  // What is set aside is no moment that one can ask about.
  const askable = aside.size === 0 ? counted : (await resolve(pool, {})).position;
  return { position: askable < defined ? askable : defined, aside };
};
/** A stream as the facts know it. */
export const asFactsKnow = (known: KnownStream, { aside }: FactsKnown): KnownStream => {
  const from = aside.get(known.stream)?.revision;
  return from === undefined ? known : { ...known, recorded: known.recorded.slice(0, from), history: known.history.slice(0, from) };
};

interface Question extends RecountAsked {
  readonly indicator: Indicator;
  readonly moment: MomentToAsk;
}

/** Every figure of the report, and at the latest moment every breakdown of it, counted again from the events. */
export class RecountedFigures implements Visitor {
  private readonly recount: Recount;

  private constructor(
    private readonly puente: Pick<Puente, 'pool' | 'store'>,
    private readonly known: FactsKnown,
    private readonly questions: readonly Question[],
  ) {
    this.recount = new Recount(questions);
  }

  static async over(puente: Pick<Puente, 'pool' | 'store' | 'rules'>, { streams, moments }: ReadThrough, known: FactsKnown) {
    const questions: Question[] = [];
    const comparable = [...known.aside.values()].every(({ givenUp }) => !givenUp);
    for (const [number, moment] of (comparable ? moments : []).entries()) {
      for (const indicator of await new Indicators(puente.pool).at(moment.position)) {
        const by = [undefined, ...(number === 0 ? dimensionsOfCounting(indicator.counting) : [])];
        questions.push(...by.map((each) => ({ ...moment, indicator, moment, asked: { counting: indicator.counting, by: each } })));
      }
    }
    const figures = new RecountedFigures(puente, known, questions);
    // What others count as is decided by few kinds of streams.
    const deciding = [...streams.keys()].filter((stream) => {
      const of = lifecycleOf(stream);
      return of && Object.keys(measuresOf(of)).some((measure) => isGround({ measure }));
    });
    if (questions.length === 0) return figures;
    for await (const each of knownStreams(puente, deciding)) {
      try {
        figures.recount.look(asFactsKnow(each, known));
      } catch (error) {
        // Whoever goes through all streams says which cannot be followed.
        if (isPassing(error)) throw error;
      }
    }
    return figures;
  }

  add(known: KnownStream): void {
    if (this.questions.length > 0) this.recount.add(asFactsKnow(known, this.known));
  }

  async checks(): Promise<readonly Check[]> {
    const found = new Found();
    const answers = this.recount.answers();
    let outOfDate = 0;
    for (const moment of new Set(this.questions.map((question) => question.moment))) {
      try {
        found.add(...(await this.differing(moment, answers)));
      } catch (error) {
        if (error instanceof Rejected && error.code === 'POSITION_NOT_REACHED') outOfDate += 1;
        else found.add(...refused(moment)(error));
      }
    }
    const givenUp = [...this.known.aside.values()].filter((each) => each.givenUp).length;
    return [
      {
        ...checked('every figure is what counting the facts in force one by one gives', this.questions.length, found),
        ...(givenUp + outOfDate > 0 && {
          figures: {
            ...(givenUp > 0 && { 'streams given up, so that no figure is compared': givenUp }),
            ...(outOfDate > 0 && { 'moments out of date, since facts were rebuilt meanwhile and have not reached them again': outOfDate }),
          },
        }),
      },
    ];
  }

  private async differing(moment: MomentToAsk, answers: readonly RecountedAnswer[]): Promise<readonly string[]> {
    const { asOf, position, recordedAt } = moment;
    const { pool, store } = this.puente;
    const report = await new Reports(pool, store).make({ asOf, position: String(position), language: 'en' });
    const found: string[] = [];
    for (const [number, { indicator, asked, moment: at }] of this.questions.entries()) {
      if (at !== moment) continue;
      const answer = answers[number]!;
      const { code, counting } = indicator;
      const about = `as of ${asOf}, as known at ${recordedAt}`;
      const served = report.indicators.find((each) => each.code === code);
      if (asked.by === undefined) {
        found.push(
          ...(served ? differences(served, told(answer, mixesCurrencies(counting, undefined, undefined))) : ['is not reported']).map(
            (each) => `${code} ${about} ${each}`,
          ),
        );
        continue;
      }
      const { groups = [] } = (await count(pool, [asked], { asOf, position })).figures[0]!;
      const counted = new Map(answer.groups!.map(({ is, ...group }) => [is, told(group, mixesCurrencies(counting, undefined, asked.by))]));
      for (const is of new Set([...groups.map((group) => group.is), ...counted.keys()])) {
        const [one, other] = [groups.find((group) => group.is === is), counted.get(is)];
        const wrong = !one ? ['is not told'] : !other ? ['is told, and no fact in force is in it'] : differences(one, other);
        found.push(...wrong.map((each) => `${code}, ${asked.by} ${is ?? 'unknown'}, ${about} ${each}`));
      }
    }
    return found;
  }
}

const refused =
  ({ recordedAt }: MomentToAsk) =>
  (error: unknown) => {
    if (!isRefusal(error)) throw error;
    return [`nothing is told as known at ${recordedAt}: ${inWords(error, 'en')}`];
  };
const told = (figure: RecountedFigure, mixes: boolean): RecountedFigure => (mixes ? { ...figure, value: null } : figure);
const differences = (served: RecountedFigure, counted: RecountedFigure): readonly string[] =>
  (['value', 'straddling', 'illustrative', 'open'] as const)
    .filter((of) => served[of] !== counted[of])
    .map(
      (of) =>
        `${of === 'value' ? 'is' : `has ${of}`} ${String(served[of] ?? 'nothing')}, the events say ${String(counted[of] ?? 'nothing')}`,
    );
