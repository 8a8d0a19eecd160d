import type { Pool } from 'pg';
import type { Day } from '../kernel/partial-date';
import type { Selected } from '../parts/indicator-counting';
import type { EventStore } from '../store/port';
import { type Language, say } from '../words/say';
import type { Across, Asked } from './asked';
import { count, type FigureOf } from './figures';
import { type Question, resolve } from './known-at';

/** The phases of a pairing in the order in which they run, each from what begins it to what ends it (closing newsletter, 2020). */
const formed: Selected = { measure: 'pairings-formed' };
const phases = [
  { phase: 'kick-off', from: formed, until: { measure: 'pairings-kicked-off' } },
  { phase: 'missions', from: { measure: 'pairings-kicked-off' }, until: { measure: 'missions-held' } },
  { phase: 'plan-approved', from: { measure: 'missions-held' }, until: { measure: 'ucaps-approved' } },
  { phase: 'pilot-designed', from: { measure: 'ucaps-approved' }, until: { measure: 'pilot-designs' } },
  {
    phase: 'cooperation-agreement',
    from: { measure: 'ucaps-approved' },
    until: { measure: 'agreements-concluded', where: { agreement: 'cooperation' } },
  },
  { phase: 'completion', from: formed, until: { measure: 'pairings-ended' } },
] as const satisfies readonly { readonly phase: string; readonly from: Selected; readonly until: Selected }[];

export const processDimensions = ['call', 'component', 'country'] as const;
export type ProcessDimension = (typeof processDimensions)[number];

/** A pairing counts in the country of each of its parties. */
const countries: Across = { names: { measure: 'party-slots' }, through: { measure: 'party-country', of: { dimension: 'country' } } };

/** Days, by nearest rank; null where there are none. */
export interface Times {
  readonly pairings: number;
  readonly median: number | null;
  readonly ninetieth: number | null;
}
export interface PhaseTimes {
  /** Those that came to its end by the date. */
  readonly took: Times;
  /** Those that wait for its end: how long by the date. */
  readonly waits: Times;
}
export interface ProcessAnswer {
  readonly asOf: Day;
  readonly knownAt: string | null;
  readonly position: string;
  readonly epoch: string;
  /** The rule by which times are measured. */
  readonly rule: string;
  readonly phases: readonly (PhaseTimes & {
    readonly phase: string;
    readonly label: string;
    readonly illustrative: boolean;
    readonly groups?: readonly (PhaseTimes & { readonly is: string | null })[];
  })[];
}

const rule: Readonly<Record<Language, string>> = {
  en: 'Days from the first fact that begins a phase to the first that ends it, of the same pairing; the median and the 90th percentile by nearest rank. A fact dated roughly counts by its last day. A pairing that ended is still said to wait for what it never came to.',
  es: 'Días desde el primer hecho que inicia una fase hasta el primero que la termina, del mismo emparejamiento; la mediana y el percentil 90 por rango más cercano. Un hecho de fecha aproximada cuenta por su último día. De un emparejamiento terminado se dice que aún espera lo que nunca alcanzó.',
  pt: 'Dias desde o primeiro facto que inicia uma fase até ao primeiro que a termina, da mesma parceria; a mediana e o percentil 90 pela posição mais próxima. Um facto de data aproximada conta pelo seu último dia. De uma parceria terminada diz-se que ainda espera aquilo a que nunca chegou.',
};

/** How long pairings take from step to step, and where they wait. */
export class Process {
  constructor(
    private readonly pool: Pool,
    private readonly store: Pick<EventStore, 'epoch'>,
  ) {}

  /** @throws Malformed, Rejected as `resolve` does */
  async times({
    by,
    language,
    ...question
  }: Question & { readonly by?: ProcessDimension | undefined; readonly language: Language }): Promise<ProcessAnswer> {
    const { asOf, knownAt, position } = await resolve(this.pool, question);
    const told = by === 'country' ? countries : by;
    const asked = phases.flatMap(({ from, until }) =>
      (['duration', 'elapsed'] as const).flatMap((aggregation) =>
        [50, 90].map((percentile): Asked => {
          const counting = { aggregation, ...from, until, percentile };
          return typeof told === 'object' ? { counting, by: told } : { counting, by: told };
        }),
      ),
    );
    const [epoch, { figures }] = await Promise.all([this.store.epoch(), count(this.pool, asked, { asOf, position })]);
    return {
      ...{ asOf, knownAt, position: String(position), epoch, rule: rule[language] },
      phases: phases.map(({ phase }, i) => {
        const [took50, took90, waits50, waits90] = figures.slice(i * 4, i * 4 + 4) as [FigureOf, FigureOf, FigureOf, FigureOf];
        const times = (
          pick: (figure: FigureOf) => { readonly value: number | null; readonly behind?: number } | undefined,
        ): PhaseTimes => ({
          took: timesOf(pick(took50), pick(took90)),
          waits: timesOf(pick(waits50), pick(waits90)),
        });
        return {
          ...{ phase, label: say(language, 'words', phase), illustrative: took50.illustrative },
          ...times((figure) => figure),
          ...(took50.groups && {
            groups: took50.groups.map(({ is }) => ({ is, ...times(({ groups }) => groups!.find((group) => group.is === is)) })),
          }),
        };
      }),
    };
  }
}

interface Measured {
  readonly value: number | null;
  readonly behind?: number;
}
const timesOf = (median: Measured | undefined, ninetieth: Measured | undefined): Times => ({
  pairings: median?.behind ?? 0,
  median: median?.value ?? null,
  ninetieth: ninetieth?.value ?? null,
});
