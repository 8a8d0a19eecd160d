import { Correct, Replacement } from '../kernel/corrections';
import { replaceWords, type TextRef } from '../kernel/fields';
import { protectWords } from './shapes';
import type { Writing } from './writing';

/** References in place of words; the words themselves are kept only once there is something to record. */
export const protect = async (
  { store, texts }: Pick<Writing, 'store' | 'texts'>,
  stream: string,
  sent: object,
): Promise<{ readonly form: object; readonly keep: () => Promise<void> }> => {
  const words: string[] = [];
  const collect = (each: string): TextRef => ({ text: String(words.push(each)), digest: '' });
  replaceWords(sent, collect);
  const history = sent instanceof Correct && sent.replace?.some(({ data }) => data) ? await store.read(stream) : [];
  const inData = (make: (each: string) => TextRef) =>
    (sent as Correct).replace?.map((each) => {
      const original = history[each.revision];
      const data = each.data && original ? (protectWords(original.type, each.data, make) as Record<string, unknown>) : each.data;
      return Object.assign(new Replacement(), each, data && { data });
    });
  if (history.length > 0) inData(collect);
  if (words.length === 0) return { form: sent, keep: () => Promise.resolve() };
  const { refs, keep } = await texts.draft(stream, words);
  const made = new Map(words.map((each, i) => [each, refs[i]!]));
  const form = replaceWords(sent, (each) => made.get(each)!);
  if (history.length > 0) Object.assign(form, { replace: inData((each) => made.get(each)!) });
  return { form, keep };
};
