import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { importLines } from '../../src/engine/import';
import { Malformed, UnknownReference } from '../../src/engine/refused';
import { lifecycles } from '../../src/lifecycles/all';
import { MemoryStore } from '../../src/store/memory';
import type { NewEvent } from '../../src/store/port';
import type { MediaType } from '../../src/vault/media-types';
import { type Database, freshDatabase } from '../cluster/database';
import { planApproved } from '../states';
import { type Engine, engineOn } from './engine';

const rules = {
  version: 1,
  minPopulation: 50_000,
  setOfCitiesCountsTogether: true,
  excludedPartyKinds: [],
  countries: [{ component: 'C1', european: ['ES'], latinAmerican: ['CO'] }],
  maxFundedTravellers: 5,
  missionsRequired: 2,
  missionsAllowed: 3,
  firstVisitor: [{ component: 'C1', side: 'european' }],
  commitmentMonths: 18,
  supportMonths: 18,
  source: 'IUC presentation',
};
const unknown = '0'.repeat(64);
const by = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const occurredOn = '2018-06-01';

let database: Database;
let store: MemoryStore;
let engine: Engine;
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  await database.pool.query('truncate vault.document, vault.document_piece');
  store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  engine = await engineOn(store, database);
  const told = planApproved.history.map(({ type, data, occurredOn, commandId, rules: name }): NewEvent => ({
    id: randomUUID(),
    type,
    data: data as NewEvent['data'],
    metadata: {
      ...{ occurredOn, actor: 'officer', roles: ['programme-officer'], commandId, commandHash: '', correlationId: commandId },
      ...(name && { rules: name }),
    },
  }));
  await store.append('pairing-one', told, 'none');
  await engine.give('ruleSet/iuc-lac-2017', 'PublishRuleSet', rules, { occurredOn: '2017-01-01' });
  await engine.give('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] });
});
afterEach(() => engine.close());
afterAll(() => database.drop());

const keep = async (words: string, language?: string, mediaType: MediaType = 'text/plain') =>
  (await engine.vault.documents.keep(Readable.from([Buffer.from(words)]), { mediaType, by, ...(language && { language }) })).document;
const attach = (document: string, key?: string) =>
  engine.give('pairing/one', 'AttachPlanDocument', { version: 1, document }, { occurredOn, ...(key && { key }) });
const correct = (document: unknown) =>
  engine.give('pairing/one', 'Correct', {
    replace: [{ revision: planApproved.history.length, data: { version: 1, document } }],
    authority: 'unit',
    reason: 'The wrong file',
  });
const recorded = async () => (await store.read('pairing-one')).slice(planApproved.history.length);

describe('a command that names a document', () => {
  it('records what the document is, as the store says', async () => {
    const document = await keep('The plan', 'es');
    await attach(document.digest);
    expect(await recorded()).toMatchObject([{ type: 'PlanDocumentAttached', data: { version: 1, document } }]);
    expect(document).toEqual({ digest: document.digest, mediaType: 'text/plain', language: 'es', size: 8 });
  });

  it('is refused, and records nothing, where the document is unknown, erased, or described by the caller', async () => {
    await expect(attach(unknown)).rejects.toThrow(new UnknownReference('document', unknown));
    const { digest } = await keep('The plan');
    await engine.vault.documents.erase(digest, 'Asked for', by);
    await expect(attach(digest)).rejects.toThrow(UnknownReference);
    await expect(attach({ digest, mediaType: 'text/plain', size: 8 } as unknown as string)).rejects.toThrow(Malformed);
    expect(await recorded()).toEqual([]);
  });

  it('is recognised when it is repeated, also once the document is erased', async () => {
    const { digest } = await keep('The plan');
    const { events } = await attach(digest, 'once');
    await engine.vault.documents.erase(digest, 'Asked for', by);
    expect(await attach(digest, 'once')).toMatchObject({ events, repeated: true });
  });

  it('is told in an import with its line', async () => {
    const { digest } = await keep('The plan');
    const line = (document: string) =>
      JSON.stringify({ to: 'pairing/one', do: 'AttachPlanDocument', data: { version: 1, document }, occurredOn });
    const { bad, recorded: taken } = await importLines([line(unknown), line(digest)], {
      lifecycles,
      execute: engine.execute,
      actor: 'importer',
      roles: ['admin'],
      correlationId: 'import',
    });
    expect(bad).toEqual([{ line: 1, error: new UnknownReference('document', unknown) }]);
    expect(taken).toBe(1);
  });
});

describe('new data with a document', () => {
  beforeEach(async () => {
    await attach((await keep('The plan', 'es')).digest);
  });

  it('names it by its digest, and the correction holds what it is', async () => {
    const document = await keep('The plan as signed', 'es', 'application/pdf');
    await correct(document.digest);
    expect((await recorded())[1]).toMatchObject({ type: 'FactCorrected', data: { data: { version: 1, document } } });
    expect((await recorded())[0]).toMatchObject({ data: { document: { mediaType: 'text/plain' } } });
  });

  it('may say what stands there, or stood before', async () => {
    const first = ((await recorded())[0]!.data as { document: object }).document;
    await correct((await keep('The plan as signed', 'es')).digest);
    await correct(first);
    expect((await recorded())[2]).toMatchObject({ data: { data: { document: first } } });
  });

  it.each([
    ['a description of its own', { digest: unknown, mediaType: 'text/plain', language: 'es', size: 8 }],
    ['a digest that is none', 'x'],
    ['nothing', null],
    ['a list', []],
  ])('is not %s', async (_, document) => {
    const error: unknown = await correct(document).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Malformed);
    expect((error as Malformed).fields.map(({ path }) => path)).toEqual(['replace.0.data.document']);
    expect(await recorded()).toHaveLength(1);
  });

  it('is refused for a document that is not stored, or a description changed in any detail', async () => {
    await expect(correct(unknown)).rejects.toThrow(UnknownReference);
    const { document } = (await recorded())[0]!.data as { document: object };
    await expect(correct({ ...document, mediaType: 'application/pdf' })).rejects.toThrow(Malformed);
    await expect(correct({ ...document, name: 'x' })).rejects.toThrow(Malformed);
    expect(await recorded()).toHaveLength(1);
  });
});
