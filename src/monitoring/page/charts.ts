import type { TopLevelSpec } from 'vega-lite';
import { colours } from './drawn';

/** Breaks a label into lines, for charts do not. */
export const broken = (label: string, width = 54): string =>
  label
    .split(' ')
    .reduce<string[]>((lines, word) => {
      const last = lines.at(-1);
      return last !== undefined && last.length + 1 + word.length <= width ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
    }, [])
    .join('\n');

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];
type Value = Readonly<Record<string, string | number | null>> & { readonly label: string };

const width = 430;
const diamond = {
  type: 'point',
  shape: 'diamond',
  filled: true,
  size: 110,
  color: colours.mark,
  stroke: 'white',
  strokeWidth: 1,
  opacity: 1,
} as const;
const bar = { type: 'bar', color: colours.bar, height: { band: 0.6 } } as const;
const said = (field: string, dx = 6): Layer => ({
  mark: { type: 'text', align: 'left', baseline: 'middle', dx, color: colours.ink },
  encoding: { x: { field, type: 'quantitative' }, text: { field: 'text', type: 'nominal' } },
});
/** A row for each value, told apart by where it stands: two may have one label. */
const inRows = (values: readonly Value[], title: string, layer: readonly Layer[], most: number): TopLevelSpec => {
  const rows = values.map((value, row) => ({ ...value, row, label: broken(value.label) }));
  const lines = Math.max(1, ...rows.map(({ label }) => label.split('\n').length));
  return {
    width,
    height: { step: 10 + 14 * lines },
    data: { name: 'rows', values: rows },
    encoding: {
      y: { field: 'row', type: 'ordinal', title: null, axis: { labelExpr: "split(data('rows')[datum.value].label, '\\n')" } },
      x: { type: 'quantitative', title, scale: { domain: [0, most], nice: true }, axis: { tickCount: 6 } } as never,
    },
    layer: [...layer],
  };
};
const greatest = (values: readonly (number | null)[]): number => Math.max(1, ...values.flatMap((value) => value ?? []));

export interface Share {
  readonly label: string;
  readonly percent: number;
  readonly text: string;
}
/** How far each has come, in per cent; at the line it is whole. */
export const sharesChart = (shares: readonly Share[], title: string): TopLevelSpec =>
  inRows(
    shares.map(({ label, percent, text }) => ({ label, percent, text, beside: Math.max(percent, 100) })),
    title,
    [
      {
        mark: { type: 'rule', color: colours.quiet, strokeWidth: 2 },
        encoding: { x: { datum: 100, type: 'quantitative' }, y: null } as never,
      },
      { mark: bar, encoding: { x: { field: 'percent', type: 'quantitative' } } },
      said('beside'),
    ],
    greatest([110, ...shares.map(({ percent }) => percent)]) * 1.25,
  );

export interface PhaseShown {
  readonly label: string;
  readonly median: number | null;
  readonly ninetieth: number | null;
  readonly text: string;
}
export const phasesChart = (phases: readonly PhaseShown[], title: string): TopLevelSpec =>
  inRows(
    phases.map(({ label, median, ninetieth, text }) => ({ label, median, ninetieth, text })),
    title,
    [
      { mark: bar, encoding: { x: { field: 'median', type: 'quantitative' } } },
      { mark: diamond, encoding: { x: { field: 'ninetieth', type: 'quantitative' } } },
      said('ninetieth', 10),
    ],
    greatest(phases.map(({ ninetieth }) => ninetieth)) * 1.2,
  );

export interface CountriesShown {
  readonly label: string;
  readonly members: number | null;
  readonly minimum: number | null;
  readonly stated: number | null;
}
export const countriesChart = (countries: readonly CountriesShown[], title: string): TopLevelSpec =>
  inRows(
    countries.map((each) => ({ ...each })),
    title,
    [
      { mark: bar, encoding: { x: { field: 'members', type: 'quantitative' } } },
      ...[
        { color: 'white', thickness: 7 },
        { color: colours.ink, thickness: 3 },
      ].map((drawn): Layer => ({
        mark: { type: 'tick', height: { band: 0.9 }, opacity: 1, ...drawn } as never,
        encoding: { x: { field: 'minimum', type: 'quantitative' } },
      })),
      { mark: diamond, encoding: { x: { field: 'stated', type: 'quantitative' } } },
    ],
    greatest(countries.flatMap(({ members, minimum, stated }) => [members, minimum, stated])),
  );

export interface YearsShown {
  readonly title: string;
  readonly years: readonly { readonly year: string; readonly value: number }[];
  readonly published: readonly { readonly year: string; readonly value: number }[];
}
/** A panel for each, under each other, on one scale. */
export const yearsChart = (panels: readonly YearsShown[], yearTitle: string): TopLevelSpec => {
  const most = greatest(panels.flatMap(({ years, published }) => [...years, ...published].map(({ value }) => value)));
  const years = panels[0]?.years.map(({ year }) => year) ?? [];
  const labelled = years.filter((year, i) => i === years.length - 1 || (Number(year) % 5 === 0 && Number(years.at(-1)) - Number(year) > 1));
  return {
    spacing: 14,
    vconcat: panels.map(({ title, years: counted, published }, i) => ({
      ...{ title: { text: title, anchor: 'start' as const }, width: 600, height: 90 },
      encoding: {
        x: {
          ...{ field: 'year', type: 'ordinal', sort: null, scale: { domain: [...years] } },
          ...{ title: i === panels.length - 1 ? yearTitle : null, axis: { labelAngle: 0, values: labelled, labelOverlap: false } },
        },
        y: { type: 'quantitative', title: null, scale: { domain: [0, most], nice: true }, axis: { tickCount: 3, grid: true } },
      } as never,
      layer: [
        {
          data: { values: [...counted] },
          mark: { type: 'bar' as const, color: colours.bar },
          encoding: { y: { field: 'value', type: 'quantitative' as const } },
        },
        { data: { values: [...published] }, mark: diamond, encoding: { y: { field: 'value', type: 'quantitative' as const } } },
      ],
    })),
  };
};
