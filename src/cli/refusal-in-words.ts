import { KeyReused, Malformed, NotResponsible, UnknownReference } from '../engine/refused';
import { Rejected, type Said } from '../kernel/refusal';
import { BadAppend } from '../store/port';
import { TooDeep } from '../vault/command-hash';
import { say } from '../words/say';

/** The codes that HTTP answers too. */
const codes = [
  [Malformed, 'MALFORMED'],
  [TooDeep, 'MALFORMED'],
  [NotResponsible, 'NOT_RESPONSIBLE'],
  [UnknownReference, 'UNKNOWN_REFERENCE'],
  [KeyReused, 'KEY_REUSED'],
  [BadAppend, 'NOT_STORABLE'],
] as const;

/** One line for whoever reads a terminal: the code, then the sentence, then what is missing. */
export const inWords = (error: Error): string => {
  if (!(error instanceof Rejected)) return `${codes.find(([kind]) => error instanceof kind)?.[1] ?? 'FAILED'} ${error.message}`;
  const gates = (error.detail['gates'] ?? []) as readonly { readonly missing: readonly Said[] }[];
  const missing = gates.flatMap((gate) => gate.missing.map((each) => say('en', 'refusals', each.code, each.values)));
  return `${error.code} ${say('en', 'refusals', error.said.code, error.said.values)}${missing.length > 0 ? ` (missing: ${missing.join('; ')})` : ''}`;
};
