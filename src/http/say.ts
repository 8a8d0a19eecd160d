import { IntlMessageFormat } from 'intl-messageformat';
import { refusals, type Said } from '../kernel/refusal';
import { type AnyLifecycle, partsOf } from '../kernel/lifecycle';
import { dictionaries, type Language, say } from '../words/say';

/** Sentences of rules by code: the words in the language asked for, or the rule's own English. */
export type Say = (language: Language, said: Said) => string;

const formats = new Map<string, IntlMessageFormat>();
/** Fills an ICU message. A message whose values are missing is given as it stands: a reader sees more than a failure. */
export const fill = (message: string, language: Language, values: Said['values']): string => {
  const key = `${language} ${message}`;
  const format = formats.get(key) ?? new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  formats.set(key, format);
  try {
    return String(format.format(values));
  } catch {
    return message;
  }
};

/** The sentences of the dictionaries; the English of the vocabularies for what they do not know. */
export const sayings = (lifecycles: readonly AnyLifecycle[]): Say => {
  const english: Readonly<Record<string, string>> = Object.assign(
    {},
    refusals.sentences,
    ...lifecycles.flatMap((of) => [of.says.sentences, ...partsOf(of).map(([, part]) => part.says.sentences)]),
  ) as Record<string, string>;
  return (language, { code, values }) =>
    Object.hasOwn(dictionaries[language].refusals, code)
      ? say(language, 'refusals', code, values)
      : fill(english[code] ?? code, language, values);
};
