import type { Pool } from 'pg';
import type { Day } from '../kernel/partial-date';
import { framework } from '../lifecycles/framework';
import { whereOf } from '../kernel/conditions';
import type { ResultEvents } from '../parts/result-values';
import type { ResultIndicator } from '../parts/results-framework';
import type { EventStore } from '../store/port';
import type { Language } from '../words/say';
import { knownStream } from './known-stream';
import { type Question, resolve } from './known-at';
import type { FigureAnswer, Monitoring } from './monitoring';
import { type AimedAt, aimsBy, judge, type Judged, periodAt, progressRule } from './progress-rule';

interface Part {
  readonly dimension: string;
  readonly is: string | null;
  readonly value: number | null;
}
/** Reported, and approved. */
export interface Entered {
  readonly is: 'entered';
  readonly value: number;
  readonly asOf: Day;
  readonly result: string;
  readonly parts: readonly Part[];
  readonly documents: readonly { readonly digest: string; readonly mediaType: string; readonly href: string }[];
  /** `stream@revision` of the approval. */
  readonly approved: string;
}
/** Counted from facts. */
export interface Computed extends Pick<
  FigureAnswer,
  'code' | 'version' | 'where' | 'asOf' | 'position' | 'epoch' | 'straddling' | 'illustrative'
> {
  readonly is: 'computed';
  readonly value: number | null;
  readonly noData?: string;
  readonly parts: readonly Part[];
}
export interface IndicatorProgress extends Judged {
  readonly indicator: string;
  readonly label: string;
  readonly unit: string;
  readonly level: string;
  readonly direction: string;
  readonly baseline: { readonly value: number; readonly on: string };
  readonly period: AimedAt | null;
  readonly actual: Entered | Computed | null;
}
export interface ProgressAnswer {
  readonly id: string;
  readonly name: string;
  readonly programme?: string;
  readonly pipa?: string;
  readonly asOf: Day;
  readonly knownAt: string | null;
  readonly position: string;
  readonly epoch: string;
  readonly rule: string;
  readonly indicators: readonly IndicatorProgress[];
}

/** What a figure is asked by. */
interface Asked {
  readonly asOf: Day;
  readonly position: string;
  readonly language: Language;
}

/** How the indicators of a results framework stand. */
export class Progress {
  constructor(
    private readonly pool: Pool,
    private readonly store: Pick<EventStore, 'epoch' | 'read'>,
    private readonly monitoring: Pick<Monitoring, 'figureIfAny'>,
  ) {}

  /**
   * The framework as it was known, each indicator in the period that runs by `asOf`: against the target as it had been set or revised by then, the latest
   * approved value of a day by then; a computed one is that of the last day of the period where that is past. When a value was approved is a matter of knowledge, not of `asOf`.
   * @returns nothing where there was no such framework
   * @throws Malformed, Rejected as `resolve` does
   */
  of(id: string, question: Question & { readonly language: Language }): Promise<ProgressAnswer | undefined> {
    return this.in(id, question, (aims, asOf) => [periodAt(aims, asOf)]);
  }

  /** As `of`, each indicator in every period it has; one that has not begun by `asOf` has no value. @throws as `of` */
  ofEveryPeriod(id: string, question: Question & { readonly language: Language }): Promise<ProgressAnswer | undefined> {
    return this.in(id, question, (aims) => aims);
  }

  private async in(
    id: string,
    { language, ...question }: Question & { readonly language: Language },
    periodsOf: (aims: readonly AimedAt[], asOf: Day) => readonly (AimedAt | undefined)[],
  ): Promise<ProgressAnswer | undefined> {
    const { asOf, knownAt, position } = await resolve(this.pool, question);
    const [epoch, { state, standing, stream }] = await Promise.all([this.store.epoch(), knownStream(this.store, framework, id, position)]);
    if (state.framework.is === 'absent') return undefined;
    const { opened, indicators } = state.framework;
    const approvals = new Map(
      standing
        .filter(({ type }) => type === ('ResultApproved' satisfies keyof ResultEvents))
        .map(({ data, revision }) => [(data as ResultEvents['ResultApproved']).result, `${stream}@${revision}`]),
    );
    const asked: Asked = { asOf, position: String(position), language };
    const found: IndicatorProgress[] = [];
    for (const [indicator, { added, periods }] of Object.entries(indicators)) {
      const { label, unit, level, direction, baseline, computed } = added;
      const aim = { direction, baseline, periods };
      const aims = aimsBy(aim, asOf);
      for (const aimed of periodsOf(aims, asOf)) {
        const values = [...approvals].flatMap(([result, event]): readonly Entered[] => {
          const { is, submission } = state.results[result]!;
          const its = submission.indicator === indicator && submission.period === aimed?.period && submission.asOf <= asOf;
          return is === 'approved' && its ? [entered(submission, event)] : [];
        });
        const begun = aimed && aimed.from <= asOf ? aimed : undefined;
        const actual = computed ? begun && (await this.computed(added, begun, asked)) : latest(values);
        const { value, asOf: day } = actual ?? { value: null, asOf };
        found.push({
          ...{ indicator, label: label[language], unit: unit[language], level, direction, baseline },
          ...{ period: aimed ?? null, actual: actual ?? null },
          ...judge(aim, aims, aimed, value === null ? undefined : { value, asOf: day }),
        });
      }
    }
    return {
      ...{
        id,
        name: opened.name,
        ...(opened.programme !== undefined && { programme: opened.programme }),
        ...(opened.pipa !== undefined && { pipa: opened.pipa }),
      },
      ...{ asOf, knownAt, position: String(position), epoch, rule: progressRule[language], indicators: found },
    };
  }

  private async computed(added: ResultIndicator['added'], { to }: AimedAt, asked: Asked): Promise<Computed | undefined> {
    const { from: code, where: conditions } = added.computed!;
    const where = whereOf(conditions);
    const question = { ...asked, code, where, asOf: to < asked.asOf ? to : asked.asOf };
    const figure = await this.monitoring.figureIfAny(question);
    if (!figure) return undefined;
    const parts: Part[] = [];
    for (const by of added.disaggregatedBy.filter((each) => figure.dimensions.includes(each))) {
      const { groups = [] } = (await this.monitoring.figureIfAny({ ...question, by })) ?? {};
      parts.push(...groups.map(({ is, value }) => ({ dimension: by, is, value })));
    }
    const { version, asOf, position, epoch, straddling, illustrative, value, noData } = figure;
    return {
      ...{ is: 'computed', code, version, ...(where && { where }), asOf, position, epoch, straddling, illustrative },
      ...{ value, ...(noData && { noData }), parts },
    };
  }
}

/** Of the latest day; of those of one day the one that was approved last. */
const latest = (values: readonly Entered[]): Entered | undefined =>
  values.reduce<Entered | undefined>((last, each) => (last && each.asOf < last.asOf ? last : each), undefined);

const entered = ({ value, asOf, result, parts, documents }: ResultEvents['ResultSubmitted'], approved: string): Entered => ({
  ...{ is: 'entered', value, asOf, result, approved },
  parts: parts.map(({ dimension, is, value }) => ({ dimension, is, value })),
  documents: documents.map(({ digest, mediaType }) => ({ digest, mediaType, href: `/v1/documents/${digest}` })),
});
