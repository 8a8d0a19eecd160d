import type { Pool } from 'pg';
import { askedOfEach, knownBy } from '../../engine/as-of';
import { storedFrom } from '../../engine/streams';
import { inForce, type Standing } from '../../kernel/history';
import { type Day, lastDay } from '../../kernel/partial-date';
import { framework } from '../../lifecycles/framework';
import { pipa } from '../../lifecycles/pipa';
import { type Kind, kinds, type PipaCourseEvents } from '../../parts/pipa-course-forms';
import type { FrameworkEvents } from '../../parts/results-framework-forms';
import { type EventStore, type Filter, idOf, type Recorded } from '../../store/port';
import type { Language } from '../../words/say';
import { count, periodEnds } from '../figures';
import { type Indicator, Indicators } from '../indicators';
import { type Question, resolve } from '../known-at';
import { Monitoring } from '../monitoring';
import { Process, type ProcessAnswer } from '../process';
import { Progress, type ProgressAnswer } from '../progress';
import { type Register, type RegisteredClaim, type Report, Reports } from '../report';
import { type PipaStands, pipaStood } from './pipas';

/** Programmes, initiatives and affiliated projects that were active at the end of a year, by what they were. */
export interface ActivePipas {
  readonly asOf: Day;
  readonly total: number;
  readonly kinds: Readonly<Record<Kind, number>>;
  /** What was published of that year; of the last day also what speaks of no day. */
  readonly published: readonly (Pick<RegisteredClaim, 'id' | 'value' | 'comparator'> & { readonly of: Kind | 'all' })[];
}
/** All that stands in the page, read at one position. */
export interface PageData {
  readonly asOf: Day;
  readonly knownAt: string | null;
  readonly position: string;
  readonly epoch: string;
  readonly report: Report;
  readonly register: Register;
  readonly process: ProcessAnswer;
  readonly frameworks: readonly ProgressAnswer[];
  readonly active: readonly ActivePipas[];
  readonly pipas: readonly PipaStands[];
}

const atOnce = 1000;

/** Reads what the page of the report shows. */
export class ReportPages {
  constructor(
    private readonly pool: Pool,
    private readonly store: Pick<EventStore, 'epoch' | 'read' | 'readAll'>,
  ) {}

  /** @throws Malformed, Rejected as `resolve` does */
  async read({ language, ...question }: Question & { readonly language: Language }): Promise<PageData> {
    const { asOf, knownAt, position } = await resolve(this.pool, question);
    const at = { asOf, position: String(position), language };
    const [epoch, { report, register }, process, defined, streams, frameworks] = await Promise.all([
      this.store.epoch(),
      new Reports(this.pool, this.store).whole(at),
      new Process(this.pool, this.store).times(at),
      new Indicators(this.pool).at(position),
      this.known({ kinds: [pipa.name] }, position),
      this.frameworks(at),
    ]);
    const standing = [...streams].map(([stream, events]) => [idOf(stream), inForce(events.map(storedFrom))] as const);
    return {
      ...{ asOf, knownAt, position: String(position), epoch, process, frameworks },
      ...{ report: { ...report, knownAt }, register: { ...register, knownAt } },
      active: await this.active(
        defined,
        standing.flatMap(([, events]) => events),
        { asOf, position, claims: register.claims },
      ),
      pipas: standing
        .flatMap(([id, events]) => pipaStood(id, events, asOf, register.claims) ?? [])
        .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    };
  }

  private async frameworks({ language, ...at }: { asOf: Day; position: string; language: Language }): Promise<readonly ProgressAnswer[]> {
    const opened: keyof FrameworkEvents = 'FrameworkOpened';
    const ids = [...(await this.known({ kinds: [framework.name], types: [opened] }, BigInt(at.position))).keys()].map(idOf).toSorted();
    const progress = new Progress(this.pool, this.store, new Monitoring(this.pool, this.store));
    return (await askedOfEach(ids, (id) => progress.of(id, { ...at, language }))).flatMap((found) => found ?? []);
  }

  /** The events of each stream that were known at a position. */
  private async known(filter: Filter, position: bigint): Promise<ReadonlyMap<string, readonly Recorded[]>> {
    const streams = new Map<string, Recorded[]>();
    for (let after = 0n, more = true; more && after <= position;) {
      const events = await this.store.readAll(after, atOnce, filter);
      for (const event of events) {
        const before = streams.get(event.stream);
        if (before) before.push(event);
        else streams.set(event.stream, [event]);
      }
      more = events.length === atOnce;
      after = events.at(-1)?.position ?? after;
    }
    return new Map(
      [...streams].map(([stream, events]) => [stream, knownBy(events, position)] as const).filter(([, events]) => events.length > 0),
    );
  }

  /** For each year from the first approval on. */
  private async active(
    defined: readonly Indicator[],
    standing: readonly Standing[],
    { asOf, position, claims }: { asOf: Day; position: bigint; claims: readonly RegisteredClaim[] },
  ): Promise<readonly ActivePipas[]> {
    const counting = new Map(defined.flatMap((indicator) => countsActive(indicator)));
    const all = defined.find(({ code }) => counting.get(code) === 'all');
    const approved = standing.filter(({ type }) => type === ('PipaApproved' satisfies keyof PipaCourseEvents));
    const first = approved.map(({ occurredOn }) => lastDay(occurredOn)).toSorted()[0];
    if (!all || first === undefined || first > asOf) return [];
    return askedOfEach(periodEnds('year', first, asOf), async (day) => {
      const { figures } = await count(this.pool, [{ counting: all.counting, by: 'was' }], { asOf: day, position });
      const { value, groups = [] } = figures[0]!;
      const number = (kind: Kind) => groups.find(({ is }) => is === kind)?.value ?? 0;
      return {
        ...{ asOf: day, total: value ?? 0 },
        kinds: Object.fromEntries(kinds.map((kind) => [kind, number(kind)])) as Record<Kind, number>,
        published: claims.flatMap((claim) => {
          const of = claim.recounts.map(({ indicator }) => counting.get(indicator)).toSorted((one) => (one === 'all' ? -1 : 1))[0];
          const { id, value, comparator } = claim;
          return claim.is === 'published' && of && yearOf(claim, asOf) === yearOf({ asOf: day }, asOf)
            ? [{ id, value, comparator, of }]
            : [];
        }),
      };
    });
  }
}

const yearOf = ({ asOf: on }: Pick<RegisteredClaim, 'asOf'>, asOf: Day) => (on === undefined ? asOf : lastDay(on)).slice(0, 4);

/** Of which kind an indicator counts the active ones. */
const countsActive = ({ code, counting }: Indicator): readonly (readonly [string, Kind | 'all'])[] => {
  if (counting.aggregation !== 'stock' || counting.measure !== 'pipas-active') return [];
  const where = counting.where ?? {};
  if (Object.keys(where).length === 0) return [[code, 'all']];
  const kind = kinds.find((each) => where['was'] === each);
  return kind && Object.keys(where).length === 1 ? [[code, kind]] : [];
};
