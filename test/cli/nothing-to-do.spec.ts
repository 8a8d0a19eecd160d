import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from '../../src/cli/import-file';
import { report } from '../../src/cli/report';
import { undoImport } from '../../src/cli/undo-import';
import { languages } from '../../src/words/say';
import { type Database, freshDatabase } from '../cluster/database';

let home: string;
let database: Database;
let told: string[];
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'puente-cli-'));
  database = await freshDatabase();
});
beforeEach(() => void (told = []));
afterAll(async () => {
  await database.drop();
  rmSync(home, { recursive: true });
});

const settings = () => ({ home, databaseUrl: database.url, log: (line: string) => void told.push(line) });
const imported = async (party: string) => {
  const file = join(home, `${party}.jsonl`);
  const data = { name: party, kind: 'organisation', countries: [] };
  writeFileSync(file, `${JSON.stringify({ to: `party/${party}`, do: 'RegisterParty', data, occurredOn: '2019-01-10' })}\n`);
  expect(await importFile({ settings: settings(), file })).toBe(0);
  expect(told.at(-1)).toMatch(/^1 line: 1 recorded/);
  return /\(import (.*)\)/.exec(told.at(-1)!)![1]!;
};
const undone = async (correlationId: string, language: (typeof languages)[number] = 'en') => {
  const code = await undoImport({ settings: settings(), correlationId, authority: 'unit', reason: 'The wrong file', language });
  return [code, told.at(-1)];
};

describe('who asks for what cannot be is told why, in their language', () => {
  it('a report of what will be known one day', async () => {
    for (const language of languages)
      expect(await report({ settings: settings(), knownAt: '2199-01-01T00:00:00.000Z', format: 'table', language })).toBe(2);
    expect(told).toEqual([
      expect.stringMatching(/^KNOWN_AT_IN_THE_FUTURE Nobody knows yet what will be known at 2199-01-01T/),
      expect.stringMatching(/^KNOWN_AT_IN_THE_FUTURE Nadie sabe todavía qué se sabrá en 2199-01-01T/),
      expect.stringMatching(/^KNOWN_AT_IN_THE_FUTURE Ninguém sabe ainda o que se saberá em 2199-01-01T/),
    ]);
  });

  it('undoing an import that there was none of, or that was undone', async () => {
    await imported('unit');
    const unknown = 'e6b6a3f4-58f5-4a6e-9d3f-52c9ad8b1a11';
    expect(await undone(unknown)).toEqual([1, `NOTHING_IMPORTED Nothing was imported under the id ${unknown}`]);
    expect(await undone(unknown, 'es')).toEqual([1, `NOTHING_IMPORTED No se importó nada con el id ${unknown}`]);
    expect(await undone(unknown, 'pt')).toEqual([1, `NOTHING_IMPORTED Nada foi importado com o id ${unknown}`]);
    const id = await imported('segib');
    expect(await undone(id)).toEqual([0, expect.stringMatching(/^1 facts of 1 streams taken back/)]);
    const already = `TAKEN_BACK_ALREADY All that can be taken back of the import ${id} was taken back already`;
    expect(await undone(id)).toEqual([1, already]);
    expect(await undone(id, 'pt')).toEqual([1, `TAKEN_BACK_ALREADY Tudo o que se pode retirar da importação ${id} já foi retirado`]);
  });
});
