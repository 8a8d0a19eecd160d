import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import { cursorAs, type Page, type Paging } from '../engine/page';
import { evaluation } from '../lifecycles/evaluation';
import { whereOf } from '../kernel/conditions';
import type { CitedFigure } from '../parts/evaluation-citations';
import type { FindingEvents } from '../parts/evaluation-findings';
import { type EventStore, positionForm } from '../store/port';
import type { Language } from '../words/say';
import type { Group } from './figures';
import { resolve } from './known-at';
import { knownStream } from './known-stream';
import type { Monitoring } from './monitoring';

/** A figure as it is read again. */
export interface ReadAgain {
  readonly value: number | null;
  /** Why there is none; `UNREADABLE` where no such figure can be asked for: its facts have no such dimension. */
  readonly noData?: string;
  readonly groups?: readonly Group[];
  readonly knownAt: string | null;
  readonly position: string;
  readonly epoch: string;
}
interface Cited {
  readonly finding: string;
  /** `stream@revision` of the finding. */
  readonly citedBy: string;
  readonly citedAt: string;
}
export interface FigureCited extends Cited {
  readonly is: 'figure';
  readonly cited: CitedFigure;
  /** At the instant it was cited as known at. */
  readonly then: ReadAgain;
  /** What was cited is not what is read there: it was cited wrongly. */
  readonly differsFromCited?: true;
  /** Of the same day, known now. */
  readonly now: ReadAgain;
  readonly changed: boolean;
}
export interface EventCited extends Cited {
  readonly is: 'event';
  readonly event: string;
}
export interface CitationsAnswer extends Page<FigureCited | EventCited> {
  readonly id: string;
  readonly knownAt: string | null;
  readonly position: string;
  readonly epoch: string;
}

type Named = Cited & ({ readonly is: 'figure'; readonly cited: CitedFigure } | Pick<EventCited, 'is' | 'event'>);

const cursorForm = new RegExp(`^(${positionForm})~(\\d{1,6})$`);

/** What the findings of an evaluation cite, read again. */
export class Citations {
  constructor(
    private readonly pool: Pool,
    private readonly store: Pick<EventStore, 'epoch' | 'read'>,
    private readonly monitoring: Pick<Monitoring, 'figureIfAny'>,
  ) {}

  /**
   * Each citation of the findings in force, in their order; all pages as known at the position of the first.
   * @returns nothing where there is no such evaluation
   * @throws BadCursor, Rejected as `resolve` does
   */
  async page(id: string, { after, limit, language }: Paging & { readonly language: Language }): Promise<CitationsAnswer | undefined> {
    const [from, done = '0'] = cursorAs(cursorForm, after) ?? [];
    const { position, knownAt } = await resolve(this.pool, from === undefined ? {} : { position: from });
    const [epoch, { state, standing, stream }] = await Promise.all([this.store.epoch(), knownStream(this.store, evaluation, id, position)]);
    if (state.evaluation.is === 'absent') return undefined;
    const all = standing
      .filter(({ type }) => type === ('FindingRecorded' satisfies keyof FindingEvents))
      .flatMap(({ data, revision, correctedBy = revision, recordedAt }): readonly Named[] => {
        const { finding, figures, events } = data as FindingEvents['FindingRecorded'];
        const by = { finding, citedBy: `${stream}@${correctedBy}`, citedAt: recordedAt };
        return [
          ...figures.map((cited) => ({ ...by, is: 'figure' as const, cited })),
          ...events.map((event) => ({ ...by, is: 'event' as const, event })),
        ];
      });
    const end = Number(done) + limit;
    const items: (FigureCited | EventCited)[] = [];
    for (const each of all.slice(Number(done), end))
      items.push(each.is === 'figure' ? { ...each, ...(await this.again(each.cited, String(position), language)) } : each);
    return {
      ...{ id, knownAt, position: String(position), epoch, items },
      ...(end < all.length && { next: `${position}~${end}` }),
    };
  }

  private async again(
    cited: CitedFigure,
    position: string,
    language: Language,
  ): Promise<Pick<FigureCited, 'then' | 'differsFromCited' | 'now' | 'changed'>> {
    const { indicator: code, version, asOf, knownAt, where: conditions, by, value } = cited;
    const where = whereOf(conditions);
    const asked = { code, version, asOf, where, by, language };
    const [then, now] = await Promise.all([this.read({ ...asked, knownAt }), this.read({ ...asked, position })]);
    const told = ({ value, noData, groups }: ReadAgain) => [value, noData, groups?.map((group) => [group.is, group.value])];
    return {
      then,
      ...(value === undefined || then.value === value ? {} : { differsFromCited: true }),
      now,
      changed: !isDeepStrictEqual(told(then), told(now)),
    };
  }

  private async read(question: Parameters<Monitoring['figure']>[0]): Promise<ReadAgain> {
    const found = await this.monitoring.figureIfAny(question);
    if (found) {
      const { value, noData, groups, knownAt, position, epoch } = found;
      return { value, ...(noData && { noData }), ...(groups && { groups }), knownAt, position, epoch };
    }
    const { asOf, knownAt, position } = question;
    const at = await resolve(this.pool, { asOf, knownAt, position });
    const epoch = await this.store.epoch();
    return { value: null, noData: 'UNREADABLE', knownAt: at.knownAt, position: String(at.position), epoch };
  }
}
