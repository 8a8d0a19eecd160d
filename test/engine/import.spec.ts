import { ruleSet } from '../../data/iuc-lac/sources';
import { type Imported, importLines } from '../../src/engine/import';
import { lifecycles } from '../../src/lifecycles/all';
import { MemoryStore } from '../../src/store/memory';
import { OverlayStore } from '../../src/store/overlay';
import { Unavailable } from '../../src/store/port';
import { type Database, freshDatabase } from '../cluster/database';
import { type Engine, engineOn } from './engine';

const line = (to: string, command: string, data: object, id?: string, occurredOn = '2017-01-05') =>
  JSON.stringify({ to, do: command, data, occurredOn, ...(id && { id }) });
const party = (id: string) => line(`party/${id}`, 'RegisterParty', { name: id, kind: 'city', countries: ['ES'] }, `register ${id}`);
/** A rule set, a call and twenty applications: each line stands on lines before it. */
const lines = [
  '// comments and empty lines are passed over',
  '',
  line('ruleSet/iuc', 'PublishRuleSet', ruleSet(50_000, 'IUC presentation'), 'rules', '2017-01-01'),
  line(
    'call/first',
    'OpenCall',
    { title: 'First', component: 'C1', round: 1, rules: 'iuc@1', deadline: '2017-06-30T23:59', timeZone: 'Europe/Brussels' },
    'call',
    '2017-01-02',
  ),
  ...Array.from({ length: 20 }, (_, n) => [
    party(`city-${n}`),
    line(
      `application/city-${n}`,
      'SubmitApplication',
      { call: 'first', party: `city-${n}`, side: 'european', themes: ['housing'], evidence: [] },
      undefined,
      '2017-03',
    ),
  ]).flat(),
  line('call/first', 'CloseCall', {}, 'close', '2017-07-01'),
];

let database: Database;
let store: MemoryStore;
let engine: Engine;
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  engine = await engineOn(store, database);
});
afterEach(() => engine.close());
afterAll(() => database.drop());

const importingBytes = (given: Iterable<Uint8Array>) => importing(given);
const importing = (given: Iterable<string | Uint8Array>, over: Engine = engine, execute = over.execute): Promise<Imported> =>
  importLines(given, {
    lifecycles,
    execute,
    actor: 'importer',
    roles: ['programme-officer'],
    correlationId: 'e6b6a3f4-58f5-4a6e-9d3f-52c9ad8b1a11',
  });
/** What every stream holds, in its own order: streams that do not touch each other are written side by side. */
const streams = async (of: MemoryStore) =>
  (await of.readAll(0n, 10_000))
    .map(({ stream, revision, id, type, data, metadata }) => ({ stream, revision, id, type, data, metadata }))
    .toSorted((a, b) => (a.stream === b.stream ? a.revision - b.revision : a.stream < b.stream ? -1 : 1));

describe('an import', () => {
  it('records each line after those it stands on', async () => {
    expect(await importing(lines)).toEqual({ lines: 43, recorded: 43, unchanged: 0, bad: [] });
    expect(await store.read('call-first')).toMatchObject([{ type: 'CallOpened' }, { type: 'CallClosed' }]);
    expect(new Set((await store.readAll(0n, 100)).map(({ metadata }) => metadata.correlationId)).size).toBe(1);
  });

  it('changes nothing when the file is imported again', async () => {
    await importing(lines);
    const before = await streams(store);
    expect(await importing(lines)).toEqual({ lines: 43, recorded: 0, unchanged: 43, bad: [] });
    expect(await streams(store)).toEqual(before);
  });

  it('changes nothing either where the file takes back what it recorded itself', async () => {
    const because = { authority: 'unit', reason: 'Typed wrongly' };
    const takeBack = (revision: number) => engine.give('party/malaga', 'Correct', { retract: [{ revision }], ...because });
    const corrected = [
      line('party/unit', 'RegisterParty', { name: 'Unit', kind: 'organisation', countries: [] }),
      party('malaga'),
      line('party/malaga', 'AddAlias', { alias: 'Malacca' }),
      line('party/malaga', 'Correct', { retract: [{ revision: 1 }], ...because }),
      line('party/malaga', 'AddAlias', { alias: 'Malaca' }),
    ];
    expect(await importing(corrected)).toEqual({ lines: 5, recorded: 5, unchanged: 0, bad: [] });
    const before = await streams(store);
    expect(await importing(corrected)).toEqual({ lines: 5, recorded: 0, unchanged: 5, bad: [] });
    expect(await streams(store)).toEqual(before);
    await takeBack(3);
    expect((await importing(corrected)).bad).toMatchObject([{ line: 5, error: { code: 'TAKEN_BACK_SINCE' } }]);
    await takeBack(2);
    expect((await importing(corrected)).bad.map((each) => each.line)).toEqual([4, 5]);
    await takeBack(1);
    expect((await importing(corrected)).bad.map((each) => each.line)).toEqual([3, 4, 5]);
  });

  it.each([1, 7, 20, 42])('that was interrupted after %i commands ends the same when it is run again', async (after) => {
    const whole = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
    const undisturbed = await engineOn(whole, database);
    await importing(lines, undisturbed);
    await undisturbed.close();

    let executed = 0;
    const dying: Engine['execute'] = (command) =>
      (executed += 1) > after ? Promise.reject(new Unavailable('gone')) : engine.execute(command);
    await expect(importing(lines, engine, dying)).rejects.toThrow(Unavailable);
    const again = await engineOn(store, database);
    expect((await importing(lines, again)).bad).toEqual([]);
    await again.close();
    expect(await streams(store)).toEqual(await streams(whole));
  });

  it('tells each bad line with its number and reason, and goes on with the rest', async () => {
    const { recorded, bad } = await importing([
      party('malaga'),
      '{"to":"party/x"',
      '[]',
      line('city/x', 'RegisterParty', {}),
      line('party/x', 'Conquer', {}),
      line('party/x', 'RegisterParty', { name: 'x' }),
      line('party/malaga', 'RegisterParty', { name: 'Other', kind: 'city', countries: ['ES'] }, 'register malaga'),
      line('application/x', 'SubmitApplication', { call: 'none', party: 'malaga', side: 'european', themes: ['housing'], evidence: [] }),
      '{"to":"party/x","do":"RegisterParty","data":{},"when":"2017"}',
      line('party/toString', 'RegisterParty', {}),
      line('party/x', 'RegisterParty', { name: 'x', kind: 'city', countries: ['ES'] }, 'x', '2019-02-30'),
      party('cartagena'),
    ]);
    expect(recorded).toBe(2);
    expect(bad.map((each) => [each.line, each.error.constructor.name])).toEqual([
      [2, 'Malformed'],
      [3, 'Malformed'],
      [4, 'Malformed'],
      [5, 'Malformed'],
      [6, 'Malformed'],
      [7, 'KeyReused'],
      [8, 'UnknownReference'],
      [9, 'Malformed'],
      [10, 'Malformed'],
      [11, 'Malformed'],
    ]);
  });

  it('reads bytes as UTF-8, after a byte order mark too, and tells the line that is none', async () => {
    const [first, second, third] = [party('malaga'), party('bogota'), party('cartagena')].map((each) => Buffer.from(each));
    const broken = Buffer.concat([first!.subarray(0, -30), Buffer.from([0xff]), first!.subarray(-30)]);
    const { lines: told, bad, recorded } = await importingBytes([Buffer.from(`\ufeff${second!.toString()}`), broken, third!]);
    expect([told, recorded]).toEqual([3, 2]);
    expect(bad.map((each) => [each.line, each.error.message])).toEqual([[2, 'line: is not UTF-8']]);
    const comment = await importingBytes([Buffer.from('\ufeff// Países de América Latina'), first!]);
    expect(comment).toEqual({ lines: 1, recorded: 1, unchanged: 0, bad: [] });
  });

  it('tells a line that no reading of it comes to an end with, and goes on with the rest', async () => {
    const opening = '{"to":"pairing/x","do":"DraftAgreement","data":{"signatories":[';
    const failing: Engine['execute'] = (command) =>
      command.id === 'bogota' ? Promise.reject(new RangeError('Maximum call stack size exceeded')) : engine.execute(command);
    const { recorded, bad } = await importing(
      [
        `${opening}{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}]}}`,
        `${opening}${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}]}}`,
        '{"to":"application/x","do":"SubmitApplication","data":{"party":{"toString":1,"valueOf":1}}}',
        '{"to":"party/x","do":"RegisterParty","data":{"name":"a","name":"b"}}',
        party('bogota'),
        party('malaga'),
      ],
      engine,
      failing,
    );
    expect(recorded).toBe(1);
    expect(bad.map((each) => [each.line, each.error.constructor.name])).toEqual([
      [1, 'Malformed'],
      [2, 'Malformed'],
      [3, 'Malformed'],
      [4, 'Malformed'],
      [5, 'RangeError'],
    ]);
  });

  it('holds back a line that writes what an earlier line still reads, also where the file finds it written', async () => {
    await importing(lines.slice(0, 6));
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const begun: string[] = [];
    const delaying: Engine['execute'] = async (command) => {
      begun.push(command.name);
      if (command.name === 'SubmitApplication') await held;
      // The last line has begun: so has whatever waits for nothing.
      if (command.name === 'RegisterParty') letGo();
      const receipt = await engine.execute(command);
      begun.push(`${command.name} done`);
      return receipt;
    };
    const { bad } = await importing([lines[5]!.replace('city-0', 'city-9'), lines.at(-1)!, party('malaga')], engine, delaying);
    expect(bad).toEqual([]);
    expect(begun.indexOf('SubmitApplication done')).toBeLessThan(begun.indexOf('CloseCall'));
  });

  it('tried on top of the store shows what it would do and records nothing', async () => {
    const tried = await engineOn(new OverlayStore(store), database);
    expect((await importing(lines, tried)).recorded).toBe(43);
    await tried.close();
    expect(await store.head()).toBe(0n);
  });
});
