import { KeyReused, Malformed, NotResponsible, UnknownReference } from '../engine/refused';
import { problemOfRule } from '../http/problem-of-rule';
import { problemWords } from '../http/problem-words';
import { Rejected, type Said } from '../kernel/refusal';
import { BadAppend } from '../store/port';
import { TooDeep } from '../vault/command-hash';
import { fill, type Language, namingThings, say, sayField } from '../words/say';

/** What is missing at every closed gate. */
const missingIn = ({ detail }: Rejected, language: Language): string => {
  const gates = (detail['gates'] ?? []) as readonly { readonly missing: readonly Said[] }[];
  const missing = gates.flatMap((gate) => gate.missing.map((each) => say(language, 'refusals', each.code, each.values)));
  return missing.length > 0 ? ` (${missing.join('; ')})` : '';
};

const detailOf = (
  language: Language,
  code: 'UNKNOWN_REFERENCE' | 'NOT_RESPONSIBLE' | 'KEY_REUSED' | 'NOT_STORABLE',
  values: Said['values'] = {},
) => `${code} ${fill(language, problemWords[language][code].detail, namingThings(language, values))}`;

/** One line for whoever reads a terminal: the code that HTTP answers too, then the sentence, then what is missing. */
export const inWords = (error: Error, language: Language): string => {
  if (error instanceof Rejected) return `${error.code} ${problemOfRule(error, language).detail}${missingIn(error, language)}`;
  if (error instanceof Malformed) return `MALFORMED ${error.fields.map((each) => `${each.path}: ${sayField(language, each)}`).join('; ')}`;
  if (error instanceof TooDeep) return `MALFORMED data: ${sayField(language, { code: 'TOO_DEEP', values: {} })}`;
  if (error instanceof UnknownReference) return detailOf(language, 'UNKNOWN_REFERENCE', { thing: error.kind, id: error.id });
  if (error instanceof NotResponsible) return detailOf(language, 'NOT_RESPONSIBLE', { streams: error.streams.join(', ') });
  if (error instanceof KeyReused) return detailOf(language, 'KEY_REUSED');
  // What the store, or the vault, cannot take says why in the words of whoever keeps it.
  if (error instanceof BadAppend || error instanceof RangeError) return `${detailOf(language, 'NOT_STORABLE')} (${error.message})`;
  throw error;
};
