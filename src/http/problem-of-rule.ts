import type { Rejected, Said } from '../kernel/refusal';
import { type GateName, gateNames } from '../words/dictionary';
import { type Language, say, sayGates } from '../words/say';
import { problemWords } from './problem-words';
import { type ProblemDocument, refusedByRule, typeOf } from './problems';

const isSaid = (detail: object): detail is Said => 'code' in detail && typeof detail.code === 'string' && 'values' in detail;
const isGateName = (name: unknown): name is GateName => gateNames.some((gate) => gate === name);
const isOfGate = (detail: unknown): detail is { readonly gate: GateName } =>
  typeof detail === 'object' && detail !== null && 'gate' in detail && isGateName(detail.gate);

/** The same detail with a sentence beside each code, and a title beside each gate. */
const translated = (detail: unknown, language: Language): unknown => {
  if (Array.isArray(detail)) return detail.map((each) => translated(each, language));
  if (typeof detail !== 'object' || detail === null) return detail;
  const inner = Object.fromEntries(
    Object.entries(detail).map(([name, each]) => [name, name === 'values' ? (each as unknown) : translated(each, language)]),
  );
  return {
    ...inner,
    ...(isSaid(detail) ? { sentence: say(language, 'refusals', detail.code, detail.values) } : {}),
    ...(isOfGate(detail) ? { title: say(language, 'titles', detail.gate) } : {}),
  };
};

/** What a rule refused, with all that is missing, in the language of the reader; gates are named by their titles. */
export const problemOfRule = ({ code, said, detail }: Rejected, language: Language): ProblemDocument => {
  const closed = detail['gates'];
  const gates = Array.isArray(closed) && closed.every(isOfGate) ? closed.map(({ gate }) => gate) : [];
  return {
    ...(translated(detail, language) as Readonly<Record<string, unknown>>),
    type: typeOf(code),
    title: problemWords[language].REFUSED.title,
    status: refusedByRule,
    code,
    detail: say(language, 'refusals', said.code, { ...said.values, ...(gates.length > 0 ? { gates: sayGates(language, gates) } : {}) }),
    values: said.values,
  };
};
