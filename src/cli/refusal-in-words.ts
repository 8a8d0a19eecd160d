import { Malformed, UnknownReference } from '../engine/refused';
import { Rejected, type Said } from '../kernel/refusal';
import { say } from '../words/say';

/** One line for whoever reads a terminal: the code, then the sentence, then what is missing. */
export const inWords = (error: Error): string => {
  if (error instanceof Malformed) return `MALFORMED ${error.message}`;
  if (error instanceof UnknownReference) return `UNKNOWN_REFERENCE ${error.message}`;
  if (!(error instanceof Rejected)) return `${error.constructor.name} ${error.message}`;
  const gates = (error.detail['gates'] ?? []) as readonly { readonly missing: readonly Said[] }[];
  const missing = gates.flatMap((gate) => gate.missing.map((each) => say('en', 'refusals', each.code, each.values)));
  return `${error.code} ${say('en', 'refusals', error.said.code, error.said.values)}${missing.length > 0 ? ` (missing: ${missing.join('; ')})` : ''}`;
};
