import type { TopLevelSpec } from 'vega-lite';
import { escaped, Markup } from './markup';

/** What a chart shows, and what it says to whom it is read aloud. */
export interface Chart {
  /** Of the page: no two charts have one. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly spec: TopLevelSpec;
}

/** Each told from the others also in grey, and read on white. */
export const colours = { ink: '#1a1a1a', bar: '#3f6b99', mark: '#8a2c0d', quiet: '#595959', grid: '#d9d9d9' } as const;

const font = 'system-ui, sans-serif';
const config = {
  aria: false,
  background: 'white',
  font,
  padding: 8,
  view: { stroke: null },
  axis: { labelColor: colours.ink, titleColor: colours.ink, gridColor: colours.grid, domainColor: colours.quiet, tickColor: colours.quiet },
  axisX: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal' },
  axisY: { labelFontSize: 12, titleFontSize: 12, labelLimit: 0, ticks: false, domain: false, grid: false },
  text: { fontSize: 12, color: colours.ink },
  title: { fontSize: 13, color: colours.ink },
} as const;

/** One image, and not an image in parts: only the whole is named. */
const plain = (svg: string): string => svg.replaceAll(/<[^<>]+>/g, (tag) => tag.replaceAll(/ (?:role|class|aria-[a-z]+)="[^"]*"/g, ''));

/** Drawn without a browser; the same chart gives the same bytes. What draws is loaded by whoever draws, for it is large. */
export const draw = async ({ id, title, description, spec }: Chart): Promise<Markup> => {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec: compiled } = vegaLite.compile(spec, { config });
  const svg = await new vega.View(vega.parse(compiled), { renderer: 'none' }).toSVG();
  return new Markup(
    plain(svg).replace(/^<svg[^>]*?( width="[^"]*" height="[^"]*" viewBox="[^"]*")>/, (_, size: string) =>
      [
        `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-title ${id}-described"${size}>`,
        `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-described">${escaped(description)}</desc>`,
      ].join(''),
    ),
  );
};
