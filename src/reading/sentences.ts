import { fieldsOf } from '../kernel/corrections';
import { decimalsOf, inUnits } from '../kernel/currencies';
import type { Worded } from '../kernel/fields-worded';
import { marksOf } from '../kernel/fields';
import { type AnyLifecycle, partsOf, type TypedEvent } from '../kernel/lifecycle';
import type { EventType } from '../lifecycles/events';
import { valuesInWords, type SentenceValues, type Word } from '../words/dictionary';
import { dictionaries, fill, type Language, locales, openIn, say } from '../words/say';

/** Where protected texts are kept. */
export interface ProtectedWords {
  reveal(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly is: 'text'; readonly words: string } | { readonly is: 'forgotten' }>>;
}

/** Stands where words stood, for readers who may not see them. */
const unseen = '[…]';
export const hidden: ProtectedWords = {
  reveal: (ids) => Promise.resolve(new Map(ids.map((id) => [id, { is: 'text', words: unseen } as const]))),
};

/** What parties are called, where that is known. */
export interface PartyNames {
  named(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Turns events into sentences once what they refer to is at hand. */
export interface Teller {
  sentence(language: Language, event: TypedEvent, more?: SentenceValues): string;
  /** The data with the words of its protected texts beside their digests. */
  shown(data: unknown): unknown;
}

const spokenFields = new Set([
  'side',
  'visitor',
  'mode',
  'sector',
  'funder',
  'by',
  'approvalBy',
  'kind',
  'theme',
  'themes',
  'rule',
  'outcome',
  'cause',
  'area',
  'body',
  'criterion',
  'response',
  'what',
  'delivery',
  'because',
]);
const isWord = (value: unknown): value is Word => (valuesInWords as readonly unknown[]).includes(value);
const isText = (value: object): value is { text: string; digest: string } => 'text' in value && 'digest' in value;

/** Says what happened, in one round trip for words and one for names, however many events there are. */
export class Sentences {
  private readonly partyFields: ReadonlySet<string>;
  /** Fields that are something else in events of one type: missions last `from` a day, a party is split `from` another. */
  private readonly otherFields: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(
    lifecycles: readonly AnyLifecycle[],
    private readonly words: ProtectedWords,
    private readonly names: PartyNames,
  ) {
    const commands = lifecycles.flatMap((of) =>
      partsOf(of).flatMap(([, part]) => Object.values<{ form: new () => object; yields: readonly string[] }>(part.commands as never)),
    );
    this.partyFields = new Set(['authority', 'duplicate', 'circle', ...commands.flatMap(({ form }) => fieldsOfParties(form))]);
    this.otherFields = new Map(
      commands.flatMap(({ form, yields }) => {
        const parties = fieldsOfParties(form);
        const others = new Set([...fieldsOf(form)].filter((field) => !parties.includes(field)));
        return yields.map((type) => [type, others] as const);
      }),
    );
  }

  private isParty(type: string, field: string): boolean {
    return this.partyFields.has(field) && !this.otherFields.get(type)?.has(field);
  }

  /** @param mayReadWords whether the reader may see protected texts; otherwise they are said to be reserved */
  async about(events: readonly TypedEvent[], mayReadWords = true): Promise<Teller> {
    const texts = new Set<string>();
    const parties = new Set<string>();
    for (const { type, data } of events) {
      each(data, '', (value, field) => {
        if (typeof value === 'object' && isText(value)) texts.add(value.text);
        else if (typeof value === 'string' && this.isParty(type, field)) parties.add(value);
      });
    }
    const [words, names] = await Promise.all([mayReadWords ? this.words.reveal([...texts]) : undefined, this.names.named([...parties])]);
    const textOf = (id: string, language: Language) => {
      const found = words?.get(id);
      return found?.is === 'text' ? found.words : say(language, 'words', words ? 'forgotten' : 'reserved');
    };
    const leaf =
      (type: string) =>
      (language: Language, value: Leaf, field: string, beside: object): string | number => {
        if (isWorded(value)) return value[language];
        if (typeof value === 'object') return textOf(value.text, language);
        if (typeof value === 'boolean') return value ? 'yes' : 'no';
        if (typeof value === 'number') return field.endsWith('Minor') ? money(language, value, beside) : value;
        if (this.isParty(type, field)) return names.get(value) ?? value;
        // A reason given as a code is said with what stands beside it; words of people are protected texts.
        if (field === 'reason') return reasonIn(language, { ...beside, reason: value });
        return plainly(language, value, field);
      };
    return {
      sentence: (language, { type, data }, more = {}) => {
        const wanted = openIn(language, 'events', type as EventType);
        return capitalised(
          language,
          say(language, 'events', type as EventType, { ...valuesOf(language, data, leaf(type), wanted), ...more }),
        );
      },
      shown: (data) => (words ? withWords(data, (id) => words.get(id)) : data),
    };
  }
}

const capitalised = (language: Language, said: string) =>
  /^[A-Z]/.test(said) ? said : said.charAt(0).toLocaleUpperCase(locales[language]) + said.slice(1);

// To make a formatter takes longer than to tell a page with it.
const inEach = <Made>(make: (locale: string) => Made): Readonly<Record<Language, Made>> => ({
  en: make(locales.en),
  es: make(locales.es),
  pt: make(locales.pt),
});
const lists = inEach((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));
const percents = inEach((locale) => new Intl.NumberFormat(locale, { style: 'percent' }));
const names = {
  language: inEach((locale) => new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' })),
  region: inEach((locale) => new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })),
};
const moneys = new Map<string, Intl.NumberFormat>();

type Leaf = string | number | boolean | { readonly text: string } | Worded;
const isWorded = (value: unknown): value is Worded =>
  typeof value === 'object' && value !== null && 'en' in value && 'es' in value && 'pt' in value;

const plainly = (language: Language, value: string, field: string): string =>
  spokenFields.has(field) && isWord(value) ? say(language, 'words', value) : namedCode(language, field, value);

/** A reason given as a code, with what stands beside it. */
export const reasonIn = (language: Language, { reason, ...values }: { readonly reason: string }): string =>
  say(
    language,
    'refusals',
    reason,
    valuesOf(
      language,
      values,
      (_, value, field) => (typeof value === 'string' ? plainly(language, value, field) : (value as number)),
      openIn(language, 'refusals', reason),
    ),
  );

const fieldsOfParties = (form: new () => object): readonly string[] =>
  marksOf(form).flatMap((mark) =>
    mark.is === 'items' && mark.form ? fieldsOfParties(mark.form) : mark.kind === 'party' ? [mark.field] : [],
  );

/** Visits every value, with the field it stands in, its path (`sides_members_party`) and the object around it. */
const each = (
  data: unknown,
  path: string,
  visit: (value: Leaf, field: string, path: string, beside: object) => void,
  beside: object = {},
): void => {
  if (Array.isArray(data)) for (const one of data) each(one, path, visit, beside);
  else if (typeof data === 'object' && data !== null && !isText(data) && !isWorded(data)) {
    for (const [field, value] of Object.entries(data)) each(value, path === '' ? field : `${path}_${field}`, visit, data);
  } else if (data !== undefined && data !== null) visit(data as Leaf, path.slice(path.lastIndexOf('_') + 1), path, beside);
};

/** What fills what a sentence leaves open: each field by its path, several values as a list, lists also by their length. */
const valuesOf = (
  language: Language,
  data: unknown,
  leaf: (language: Language, value: Leaf, field: string, beside: object) => string | number,
  wanted: ReadonlySet<string>,
): SentenceValues => {
  const found = new Map<string, (string | number)[]>();
  each(data, '', (value, field, path, beside) => {
    if (!wanted.has(path) && !wanted.has(`${path}_agent`)) return;
    const said = leaf(language, value, field, beside);
    const others = found.get(path);
    if (others) others.push(said);
    else found.set(path, [said]);
  });
  const { agent = String } = dictionaries[language];
  const values: Record<string, string | number> = {};
  for (const [path, said] of found) {
    values[path] = said.length === 1 ? said[0]! : lists[language].format(said.map(String));
    if (spokenFields.has(path)) values[`${path}_agent`] = lists[language].format(said.map((value) => agent(String(value))));
  }
  const object = data as Readonly<Record<string, unknown>>;
  for (const name of wanted) {
    const made = name in values ? undefined : madeOf(language, object, name);
    if (made !== undefined) values[name] = made;
  }
  return values;
};

/** What is said of several fields together, or of how many there are of one. */
const madeOf = (language: Language, data: Readonly<Record<string, unknown>>, name: string): string | number | undefined => {
  if (name === 'period') return period(language, data);
  if (name === 'weights' || name === 'marks') return ratings(language, data)[name];
  const counted = name.endsWith('_count') ? data[name.slice(0, -'_count'.length)] : undefined;
  return Array.isArray(counted) ? counted.length : undefined;
};

/** Days of a mission, said once where the last is the first. */
const period = (language: Language, { from, to }: { readonly from?: unknown; readonly to?: unknown }): string | undefined => {
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  const days = from.length === 10 && to.length === 10;
  const is = from === to ? (days ? 'day' : 'date') : days ? 'days' : 'other';
  return fill(language, dictionaries[language].period, { is, from, to });
};

/** Criteria with their weights, scores with what they are for. */
const ratings = (language: Language, data: object): { readonly weights: string; readonly marks: string } => {
  const { criteria = [], scores = [] } = data as {
    readonly criteria?: readonly { readonly criterion: string; readonly weight: number }[];
    readonly scores?: readonly { readonly criterion: string; readonly score: number }[];
  };
  const list = lists[language];
  const percent = percents[language];
  return {
    weights: list.format(criteria.map(({ criterion, weight }) => `${criterion} ${percent.format(weight / 100)}`)),
    marks: list.format(scores.map(({ criterion, score }) => `${criterion} ${score}`)),
  };
};

const money = (language: Language, minor: number, beside: object): string => {
  const currency = 'currency' in beside ? String(beside.currency) : 'EUR';
  const digits = decimalsOf(currency);
  const as = {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  const key = `${language} ${currency}`;
  const format = moneys.get(key) ?? new Intl.NumberFormat(locales[language], as);
  moneys.set(key, format);
  return format.format(inUnits(minor, currency));
};

const codes = [
  { type: 'language', field: /^languages?$/, code: /^[a-z]{2,3}$/ },
  { type: 'region', field: /^countr(y|ies)$/, code: /^[A-Z]{2}$/ },
] as const;
const namedCode = (language: Language, field: string, value: string): string => {
  const known = codes.find((each) => each.field.test(field) && each.code.test(value));
  return known ? (names[known.type][language].of(value) ?? value) : value;
};

const withWords = (data: unknown, find: (id: string) => { is: 'text'; words: string } | { is: 'forgotten' } | undefined): unknown => {
  if (Array.isArray(data)) return data.map((one) => withWords(one, find));
  if (typeof data !== 'object' || data === null) return data;
  if (isText(data)) {
    const found = find(data.text);
    return { ...data, ...(found?.is === 'text' ? { words: found.words } : { forgotten: true }) };
  }
  return Object.fromEntries(Object.entries(data).map(([field, value]) => [field, withWords(value, find)]));
};
