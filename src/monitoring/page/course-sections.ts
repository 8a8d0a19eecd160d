import type { ProcessAnswer } from '../process';
import type { IndicatorProgress, ProgressAnswer } from '../progress';
import { phasesChart, sharesChart } from './charts';
import { html, type Markup, type Shown } from './markup';
import { drawn, linked, type Making, type Section } from './section';
import { table } from './table';

/** How far a value is on the way from its baseline to the target; nothing where there is no way. */
const percentOf = ({ baseline, period, actual }: IndicatorProgress): number | undefined => {
  if (!period || actual?.value === null || actual?.value === undefined || period.target === baseline.value) return undefined;
  return Math.max(0, Math.round(((actual.value - baseline.value) / (period.target - baseline.value)) * 1000) / 10);
};

/** What was achieved of what is to be achieved. */
export const progressSection = async (making: Making): Promise<Section> => {
  const { data, words } = making;
  const body =
    data.frameworks.length === 0
      ? html`<p>${words.noFramework}</p>`
      : html`${await Promise.all(data.frameworks.map((framework, i) => frameworkShown(making, framework, i)))}`;
  return { id: 'progress', title: words.progress, body };
};

const frameworkShown = async (making: Making, framework: ProgressAnswer, number: number): Promise<Markup> => {
  const { words, writing, addresses } = making;
  const shares = framework.indicators.flatMap((each) => {
    const percent = percentOf(each);
    const text = `${writing.number(each.actual?.value ?? 0)} / ${writing.number(each.period?.target ?? 0)}: ${words.statuses[each.status]}`;
    return percent === undefined ? [] : [{ label: each.label, percent, text }];
  });
  const value = ({ actual, unit }: IndicatorProgress): Shown => {
    if (actual?.value === null || actual?.value === undefined) return words.none;
    const shown = `${writing.number(actual.value)} ${unit}`;
    return actual.is === 'computed' ? linked(addresses?.evidence(actual), shown) : shown;
  };
  const row = (each: IndicatorProgress): readonly Shown[] => [
    each.label,
    html`${writing.number(each.baseline.value)} (${writing.date(each.baseline.on)})`,
    each.period ? `${writing.date(each.period.from)} – ${writing.date(each.period.to)}` : words.none,
    each.period ? writing.number(each.period.target) : words.none,
    value(each),
    each.expected === null ? words.none : writing.number(each.expected),
    html`<strong>${words.statuses[each.status]}</strong>`,
  ];
  const columns = [
    ...[{ title: words.indicator }, { title: words.baseline }, { title: words.period }, { title: words.target, numeric: true as const }],
    ...[{ title: words.value, numeric: true as const }, { title: words.expected, numeric: true as const }, { title: words.status }],
  ];
  const chart = {
    ...{ id: `progress-${number + 1}`, title: framework.name, description: words.progressChartSays },
    spec: sharesChart(shares, words.percentOfWay),
  };
  return html`<h3>${linked(addresses?.progress(framework.id), framework.name)}</h3>
    ${shares.length === 0 ? undefined : await drawn(chart)}
    ${table({ caption: `${words.progress}: ${framework.name}`, columns, rows: framework.indicators.map(row) })}
    <p class="rule">${framework.rule}</p> `;
};

type Phase = ProcessAnswer['phases'][number];

/** How long pairings take from step to step. */
export const phasesSection = async (making: Making): Promise<Section> => {
  const { data, words, writing, addresses } = making;
  const days = (value: number | null) => (value === null ? words.none : writing.number(value));
  const marked = ({ label, illustrative }: Phase) =>
    html`${label}${illustrative ? html` <small>${words.illustrativeMark}</small>` : undefined}`;
  const row = (phase: Phase): readonly Shown[] => [
    marked(phase),
    ...[phase.took, phase.waits].flatMap(({ pairings, median, ninetieth }) => [writing.number(pairings), days(median), days(ninetieth)]),
  ];
  const columns = [words.took, words.waits].flatMap((of) =>
    [words.pairings, words.median, words.ninetieth].map((title) => ({ title: `${of}: ${title}`, numeric: true as const })),
  );
  const shown = data.process.phases
    .filter(({ took }) => took.median !== null)
    .map(({ label, took: { pairings, median, ninetieth } }) => ({
      label,
      median,
      ninetieth,
      text: `${days(median)} – ${days(ninetieth)} (n = ${writing.number(pairings)})`,
    }));
  const chart = { id: 'phases', title: words.phases, description: words.phasesChartSays, spec: phasesChart(shown, words.days) };
  return {
    ...{ id: 'process', title: words.phases },
    body: html`${shown.length === 0 ? undefined : await drawn({ ...chart, id: 'phases-chart' })}
      ${table({ caption: words.phasesCaption, columns: [{ title: words.phase }, ...columns], rows: data.process.phases.map(row) })}
      <p class="rule">${linked(addresses?.process, data.process.rule)}</p>`,
  };
};
