import { Correct, Replacement } from '../kernel/corrections';
import { digest, replaceDigests, type StoredDocument } from '../kernel/fields';
import { UnknownReference } from './refused';
import { describeDigests } from './shapes';
import type { Writing } from './writing';

/**
 * What documents are, in place of the digests that were sent: as it stands now, so that the event says it for ever.
 * @throws UnknownReference for a document that is not stored
 */
export const describeDocuments = async (
  { store, documents }: Pick<Writing, 'store' | 'documents'>,
  stream: string,
  sent: object,
): Promise<object> => {
  const asked = new Set<string>();
  const collect = (each: string): StoredDocument => {
    asked.add(each);
    return { digest: each, mediaType: '', size: 0 };
  };
  replaceDigests(sent, collect);
  const history = sent instanceof Correct && sent.replace?.some(({ data }) => data) ? await store.read(stream) : [];
  const inData = (make: (each: string) => StoredDocument) =>
    (sent as Correct).replace?.map((each) => {
      const original = history[each.revision];
      // What cannot be a digest stays, and is refused with the rest of what is wrong with the data.
      const data =
        each.data && original ? describeDigests(original.type, each.data, (one) => (digest.test(one) ? make(one) : one)) : each.data;
      return Object.assign(new Replacement(), each, data && { data: data as Record<string, unknown> });
    });
  if (history.length > 0) inData(collect);
  if (asked.size === 0) return sent;
  const known = await documents.describe([...asked]);
  const described = (each: string): StoredDocument => {
    const found = known.get(each);
    if (!found) throw new UnknownReference('document', each);
    return found;
  };
  const form = replaceDigests(sent, described);
  return history.length > 0 ? Object.assign(form, { replace: inData(described) }) : form;
};
