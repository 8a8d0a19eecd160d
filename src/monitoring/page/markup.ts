/** Text that is HTML already. Only `html` and what draws charts make it. */
export class Markup {
  constructor(readonly text: string) {}
}
/** What may stand in a page: text is escaped, nothing is left out, several follow each other. */
export type Shown = Markup | string | number | undefined | readonly Shown[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character]!);

const written = (shown: Shown): string => {
  if (shown === undefined) return '';
  if (shown instanceof Markup) return shown.text;
  return typeof shown === 'object' ? shown.map(written).join('') : escaped(String(shown));
};

/** HTML in which whatever is put in is escaped, in text and in quoted attributes alike. */
export const html = (strings: TemplateStringsArray, ...shown: readonly Shown[]): Markup =>
  new Markup(strings.reduce((text, string, i) => `${text}${written(shown[i - 1])}${string}`));
