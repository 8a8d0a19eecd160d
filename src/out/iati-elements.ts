import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces';
import { inXml } from './plain-text';

/** An element of XML; an attribute without a value is left out. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children: readonly (Element | string)[];
}

export const element = (name: string, attributes: Element['attributes'] = {}, ...children: Element['children']): Element => ({
  ...{ name, attributes, children },
});

/** A text as it was recorded, or in each of the languages of the product. */
export type Text = string | Readonly<Record<'en' | 'es' | 'pt', string>>;

/** What narratives are in that name no language. */
export const usualLanguage = 'en';

export const narratives = (text: Text): readonly Element[] =>
  typeof text === 'string'
    ? [element('narrative', {}, text)]
    : Object.entries(text).map(([language, words]) => element('narrative', { 'xml:lang': language }, words));

/** An element that holds nothing but words. */
export const told = (name: string, text: Text, attributes: Element['attributes'] = {}): Element =>
  element(name, attributes, ...narratives(text));

/** The builder takes `&nbsp;` in a text for an entity and leaves it as it is; `&amp;` it leaves rightly. */
const escaped = (text: string): string => inXml(text).replaceAll('&', '&amp;');

const add = (to: XMLBuilder, { name, attributes, children }: Element): XMLBuilder => {
  const given = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, escaped(String(value))] as const]));
  const made = to.ele(name, Object.fromEntries(given));
  for (const child of children) {
    if (typeof child === 'string') made.txt(escaped(child));
    else add(made, child);
  }
  return made;
};

/** How an element is written as XML 1.0, to stand within a document. What writes it is loaded by whoever does, for it is large. */
export const writer = async (): Promise<(one: Element) => string> => {
  const { create } = await import('xmlbuilder2');
  return (one) => add(create(), one).end({ headless: true, prettyPrint: true });
};
