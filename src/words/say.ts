import { IntlMessageFormat } from 'intl-messageformat';
import type { FieldSaid } from '../kernel/fields-problems';
import { english } from './en';
import { spanish } from './es';
import { portuguese } from './pt';
import type { Dictionary, GateName, Sections, SentenceValues } from './dictionary';
import { things } from './things';

export const languages = ['en', 'es', 'pt'] as const;
export type Language = (typeof languages)[number];

/** The locale of each language, for numbers, money, dates and names: Portuguese is that of Portugal. */
export const locales = { en: 'en', es: 'es', pt: 'pt-PT' } as const satisfies Readonly<Record<Language, string>>;

export const dictionaries: Readonly<Record<Language, Dictionary>> = { en: english, es: spanish, pt: portuguese };

/** What a sentence shows where an optional value was not given: `{reason, select, _ {} other {: {reason}}}`. */
export const notGiven = '_';

const made: Readonly<Record<Language, Map<string, Message>>> = { en: new Map(), es: new Map(), pt: new Map() };

/**
 * A sentence in the reader's language: what happened (`events`), what stands in the way (`refusals`), a rule (`gates`, as
 * `pairing.first-visitor`), a value (`words`). Never fails: values that were not given are left out, unknown keys are shown as they are.
 */
export const say = <Section extends keyof Sections>(
  language: Language,
  section: Section,
  key: Sections[Section],
  values: SentenceValues = {},
): string => {
  return fill(language, sentenceOf(language, section, key), values);
};
const sentenceOf = <Section extends keyof Sections>(language: Language, section: Section, key: Sections[Section]): string =>
  find(language, section, key) ?? find('en', section, key) ?? plain(key);

/** What a sentence leaves open for values: what has to be said of nothing else. */
export const openIn = <Section extends keyof Sections>(language: Language, section: Section, key: Sections[Section]): ReadonlySet<string> =>
  placeholdersOf(language, sentenceOf(language, section, key));

/** What is wrong with a field, to follow its name. */
export const sayField = (language: Language, { code, values, each }: FieldSaid): string => {
  const { fields, eachValue } = dictionaries[language];
  const problem = fill(language, fields[code], namingThings(language, values));
  return each ? fill(language, eachValue, { problem }) : problem;
};

/** The values of a sentence with what its `thing` is called; a name that is no thing's stays as it is. */
export const namingThings = (language: Language, values: SentenceValues): SentenceValues => {
  const { thing } = values;
  return typeof thing === 'string' ? { ...values, thing: own(things[language], thing) ?? thing } : values;
};

/** The titles of gates, as they stand within a sentence. */
export const sayGates = (language: Language, gates: readonly GateName[]): string => {
  const { titles, quoted } = dictionaries[language];
  return new Intl.ListFormat(locales[language]).format(gates.map((gate) => fill(language, quoted, { title: titles[gate] })));
};

/** A sentence that stands in no dictionary, filled in the reader's language. */
export const fill = (language: Language, sentence: string, values: SentenceValues): string => {
  const message = messageOf(language, sentence);
  return message.format(Object.fromEntries([...message.placeholders].map((name) => [name, values[name] ?? notGiven])));
};

/** The names of what a sentence leaves open. */
export const placeholdersOf = (language: Language, sentence: string): ReadonlySet<string> => messageOf(language, sentence).placeholders;

interface Message {
  readonly placeholders: ReadonlySet<string>;
  format(values: SentenceValues): string;
}

const messageOf = (language: Language, sentence: string): Message => {
  const known = made[language].get(sentence);
  if (known) return known;
  // Tags are for browsers; here < and > are words like others.
  const format = new IntlMessageFormat(sentence, locales[language], undefined, { ignoreTag: true });
  const message = { placeholders: new Set(namesIn(format.getAst())), format: (values: SentenceValues) => String(format.format(values)) };
  made[language].set(sentence, message);
  return message;
};

type Ast = ReturnType<IntlMessageFormat['getAst']>;
// Only text and `#` name no placeholder; elements with options hold sentences of their own.
const namesIn = (ast: Ast): readonly string[] =>
  ast.flatMap((element) => [
    ...('value' in element && !isPlainText(element) ? [element.value] : []),
    ...('options' in element ? Object.values(element.options).flatMap(({ value }) => namesIn(value)) : []),
  ]);

const isPlainText = ({ type }: { readonly type: number }) => type === 0;

const find = (language: Language, section: keyof Sections, key: string): string | undefined => {
  const table: Readonly<Record<string, string>> = dictionaries[language][section];
  return own(table, key) ?? own(table, key.slice(key.indexOf('.') + 1));
};
const own = (table: Readonly<Record<string, string>>, key: string) => (Object.hasOwn(table, key) ? table[key] : undefined);
const plain = (key: string) => key.replaceAll(/['{}]/g, ' ');
