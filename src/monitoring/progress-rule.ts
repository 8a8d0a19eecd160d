import { currentOn, type Day, daysBetween, lastDay, type PartialDate } from '../kernel/partial-date';
import type { ResultPeriod } from '../parts/results-framework';
import type { Direction } from '../parts/results-framework-forms';
import type { Language } from '../words/say';

/** How an indicator stands: derived, never recorded. */
export type Status = 'achieved' | 'on-track' | 'behind' | 'no-data';

export interface Aim {
  readonly direction: Direction;
  readonly baseline: { readonly value: number; readonly on: PartialDate };
  readonly periods: Readonly<Record<string, ResultPeriod>>;
}
/** A period with the target that stood by a day, and those it was revised from. */
export interface AimedAt {
  readonly period: string;
  readonly from: Day;
  readonly to: Day;
  readonly target: number;
  readonly revisedFrom: readonly number[];
}
export interface Judged {
  /** Where the way to the target is on the day of the value. */
  readonly expected: number | null;
  readonly status: Status;
}

const targetBy = ({ targets }: ResultPeriod, day: Day) => {
  const [first, ...revised] = targets;
  const dated = revised.flatMap(({ target, on }) => (on === undefined ? [] : [{ target, on }]));
  const stands = currentOn(dated, day);
  const earlier = stands ? dated.slice(0, dated.indexOf(stands)).map(({ target }) => target) : [];
  return { target: stands?.target ?? first.target, revisedFrom: stands ? [first.target, ...earlier] : [] };
};

/** The periods in their order, each with the target that stood by a day. */
export const aimsBy = ({ periods }: Pick<Aim, 'periods'>, day: Day): readonly AimedAt[] =>
  Object.entries(periods)
    .map(([period, its]) => ({ period, from: its.from, to: its.to, ...targetBy(its, day) }))
    .toSorted((one, other) => (one.from < other.from ? -1 : 1));

/** The period that runs on a day, or else the last that began by it. */
export const periodAt = (aims: readonly AimedAt[], day: Day): AimedAt | undefined => aims.findLast(({ from }) => from <= day);

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

/** A straight line from the target of the period before (from the baseline, for the first) to the target of this one. */
const expectedOn = ({ baseline }: Aim, aims: readonly AimedAt[], aimed: AimedAt, day: Day): number => {
  const before = aims[aims.indexOf(aimed) - 1];
  const start = before ? { value: before.target, on: before.to } : { value: baseline.value, on: lastDay(baseline.on) };
  if (day >= aimed.to) return aimed.target;
  if (day <= start.on) return start.value;
  return rounded(start.value + ((aimed.target - start.value) * daysBetween(start.on, day)) / daysBetween(start.on, aimed.to));
};

/**
 * Achieved: the value reaches the target of the period. On track: it reaches where a straight line from the target of the period before (from
 * the baseline, for the first) is on the day of the value. Behind: it does not. No data: the period has no value, or none has begun.
 * Own rule: the sources name the words and give no rule.
 */
export const judge = (
  aim: Aim,
  aims: readonly AimedAt[],
  aimed: AimedAt | undefined,
  actual: { readonly value: number; readonly asOf: Day } | undefined,
): Judged => {
  if (!aimed || !actual) return { expected: null, status: 'no-data' };
  const reaches = (goal: number) => (aim.direction === 'rising' ? actual.value >= goal : actual.value <= goal);
  const expected = expectedOn(aim, aims, aimed, actual.asOf);
  return { expected, status: reaches(aimed.target) ? 'achieved' : reaches(expected) ? 'on-track' : 'behind' };
};

/** That rule, for whoever reads what came of it. */
export const progressRule: Readonly<Record<Language, string>> = {
  en: 'Achieved: the value reaches the target of the period that runs, or else of the last that began. On track: it reaches where a straight line from the target of the period before (from the baseline, for the first) to this target is on the day of the value. Behind: it does not. No data: the period has no approved value, or none has begun.',
  es: 'Alcanzado: el valor llega a la meta del periodo en curso o, si no, del último que empezó. En camino: llega adonde está, el día del valor, una línea recta de la meta del periodo anterior (de la línea de base, para el primero) a esta meta. Retrasado: no llega. Sin datos: el periodo no tiene ningún valor aprobado, o no empezó ninguno.',
  pt: 'Alcançado: o valor chega à meta do período em curso ou, se não houver, do último que começou. No caminho: chega onde está, no dia do valor, uma linha reta da meta do período anterior (da linha de base, para o primeiro) até esta meta. Atrasado: não chega. Sem dados: o período não tem nenhum valor aprovado, ou nenhum começou.',
};
