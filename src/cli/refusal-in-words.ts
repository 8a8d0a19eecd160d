import { Malformed, UnknownReference } from '../engine/refused';
import { sayings } from '../http/say';
import { Rejected } from '../kernel/refusal';
import { lifecycles } from '../lifecycles/all';

const say = sayings(Object.values(lifecycles));

/** One line for whoever reads a terminal: the code, then the sentence, then what is missing. */
export const inWords = (error: Error): string => {
  if (error instanceof Malformed) return `MALFORMED ${error.message}`;
  if (error instanceof UnknownReference) return `UNKNOWN_REFERENCE ${error.message}`;
  if (!(error instanceof Rejected)) return `${error.constructor.name} ${error.message}`;
  const gates = (error.detail['gates'] ?? []) as readonly { readonly missing: Parameters<typeof say>[1][] }[];
  const missing = gates.flatMap((gate) => gate.missing.map((each) => say('en', each)));
  return `${error.code} ${say('en', error.said)}${missing.length > 0 ? ` (missing: ${missing.join('; ')})` : ''}`;
};
