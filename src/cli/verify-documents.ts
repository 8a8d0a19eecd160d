import { documentsIn } from '../engine/shapes';
import type { FactCorrected } from '../kernel/corrections';
import { type EventStore, nameOf, type Recorded } from '../store/port';
import { DocumentDamaged, type Documents } from '../vault/documents';
import type { Check } from './checks';

const page = 1_000;

/** The documents that an event names; a correction names those of the new data. */
const namedBy = ({ type, data }: Recorded): readonly string[] => {
  const { type: about, data: now } = data as Partial<FactCorrected>;
  return (type === 'FactCorrected' ? documentsIn(about!, now) : documentsIn(type, data)).map(({ digest }) => digest);
};

/** Every document, byte by byte; and every document that an event names. */
export const verifyDocuments = async (store: EventStore, documents: Documents): Promise<readonly Check[]> => {
  const damaged: string[] = [];
  let stored = 0;
  for await (const document of documents.all()) {
    stored += 1;
    try {
      await documents.open(document);
    } catch (error) {
      if (!(error instanceof DocumentDamaged)) throw error;
      damaged.push(`${document.digest} (${document.mediaType}, ${document.size} bytes)`);
    }
  }
  const missing: string[] = [];
  let references = 0;
  for (let after = 0n; ;) {
    const events = await store.readAll(after, page);
    const found = events.flatMap((event) => namedBy(event).map((digest) => ({ digest, by: nameOf(event) })));
    const kept = await documents.everKept(found.map(({ digest }) => digest));
    missing.push(...found.filter(({ digest }) => !kept.has(digest)).map(({ digest, by }) => `${by}: there is no document ${digest}`));
    references += found.length;
    if (events.length < page) break;
    after = events.at(-1)!.position;
  }
  return [
    { name: 'every stored document has the bytes of its digest', runs: stored, failures: damaged, seed: null },
    { name: 'every document that an event names is stored, or was erased', runs: references, failures: missing, seed: null },
  ];
};
