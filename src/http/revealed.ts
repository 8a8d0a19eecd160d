import type { TextRef } from '../kernel/fields';
import type { Texts } from '../vault/texts';

const isRef = (value: object): value is TextRef =>
  'text' in value &&
  'digest' in value &&
  typeof value.text === 'string' &&
  typeof value.digest === 'string' &&
  Object.keys(value).length === 2;

const refsIn = (value: unknown): readonly TextRef[] => {
  if (typeof value !== 'object' || value === null) return [];
  return isRef(value) ? [value] : Object.values(value).flatMap(refsIn);
};

/** What is known of a protected text: its reference with its words, or that they are forgotten. */
export type Revealed = TextRef & ({ readonly words: string } | { readonly forgotten: true });

/** The same value with the words of each protected text beside its reference. */
export const withWords = async (value: unknown, texts: Texts): Promise<unknown> => {
  const found = await texts.reveal([...new Set(refsIn(value).map(({ text }) => text))]);
  const reveal = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(reveal);
    if (typeof one !== 'object' || one === null) return one;
    if (!isRef(one)) return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, reveal(inner)]));
    const text = found.get(one.text);
    return text?.is === 'text' ? { ...one, words: text.words } : { ...one, forgotten: true };
  };
  return reveal(value);
};
