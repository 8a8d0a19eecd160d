import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExecuteHandler } from '../../src/engine/execute-handler';
import { importLines } from '../../src/engine/import';
import { lifecycles } from '../../src/lifecycles/all';
import { InMemory } from '../in-memory';
import { make } from './make';

interface Line {
  readonly to: string;
  readonly do: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly id?: string;
}
const text = make();
const lines = text
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('//'))
  .map((line) => JSON.parse(line) as Line);
const done = (command: string) => lines.filter((line) => line.do === command);
const streams = (of: readonly Line[]) => new Set(of.map(({ to }) => to)).size;

const parties = new Map(
  done('RegisterParty').map(({ to, data }) => [
    to.slice('party/'.length),
    data as { kind: string; countries: string[]; members?: unknown[] },
  ]),
);
const partiesOf = (side: string) => {
  const formedFrom = done('FormPairing').flatMap(({ data }) => data['applications'] as string[]);
  const submitted = done('SubmitApplication').filter(
    ({ to, data }) => data['side'] === side && formedFrom.includes(to.slice('application/'.length)),
  );
  return submitted.map(({ data }) => data['party'] as string);
};
const countries = (side: string) => new Set(partiesOf(side).flatMap((party) => parties.get(party)!.countries)).size;

describe('the cohort of IUC-LAC', () => {
  it('is the file that the tables make', () => {
    expect(readFileSync(join(__dirname, 'cohort.jsonl'), 'utf8')).toBe(text);
  });

  it('gives every line an id of its own', () => {
    const ids = lines.map(({ id }) => id);
    expect(ids.every((id) => typeof id === 'string' && id.startsWith('iuc-lac/'))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says first what is published and what is illustrative', () => {
    const header = text.slice(0, text.indexOf('\n{'));
    expect(header.split('\n').every((line) => line.startsWith('//'))).toBe(true);
    expect(header).toContain('PUBLISHED');
    expect(header).toContain('ILLUSTRATIVE');
    expect(lines[0]).toMatchObject({ do: 'DeclareDataSet', data: { illustrative: true } });
  });

  it('comes to the published totals', () => {
    expect(done('OpenCall')).toHaveLength(3);
    expect(done('FormPairing')).toHaveLength(26);
    expect(done('KickOff')).toHaveLength(26);
    expect(done('DesignPilot')).toHaveLength(58);
    expect(streams(done('DesignPilot'))).toBe(23);
    expect(streams(done('ApprovePlan'))).toBe(23);
    expect(done('CompletePairing')).toHaveLength(20);
    expect(done('DraftAgreement').filter(({ data }) => data['kind'] === 'cooperation')).toHaveLength(20);
    expect(done('EndWithoutAgreement')).toHaveLength(6);
    expect([countries('european'), countries('latin-american')]).toEqual([9, 5]);
  });

  it('moves unused visit money to a pilot in the two pairings that the newsletter names', () => {
    const moved = done('ReallocateBudget');
    expect(moved.map(({ to }) => to)).toEqual(['pairing/barranquilla-soledad-velletri-rome', 'pairing/cartagena-malaga']);
    expect(moved.map(({ data }) => [data['from'], data['to']])).toEqual(moved.map(() => ['missions', 'pilot']));
  });

  it('engages 521 organisations of the sectors that the newsletter counts, one of them in two pairings', () => {
    const counted = done('EngageActor').filter(({ data }) => data['sector'] !== 'public');
    expect(new Set(counted.map(({ data }) => data['actor'])).size).toBe(521);
    expect(counted).toHaveLength(522);
  });

  it('has 54 parties and 60 municipalities where the newsletter says 52 cities', () => {
    const paired = new Set([...partiesOf('european'), ...partiesOf('latin-american')]);
    expect(paired.size).toBe(54);
    expect([...paired].reduce((sum, party) => sum + (parties.get(party)!.members?.length ?? 1), 0)).toBe(60);
  });

  it('is taken line by line, and taken again changes nothing', async () => {
    const handler = new ExecuteHandler(new InMemory(() => new Date('2021-01-15T12:00:00Z')));
    const importing = {
      lifecycles,
      execute: handler.execute.bind(handler),
      actor: randomUUID(),
      roles: ['programme-officer'] as const,
      correlationId: 'iuc-lac',
    };
    expect(await importLines(text.split('\n'), importing)).toEqual({ lines: lines.length, recorded: lines.length, unchanged: 0, bad: [] });
    expect(await importLines(text.split('\n'), importing)).toEqual({ lines: lines.length, recorded: 0, unchanged: lines.length, bad: [] });
  }, 120_000);
});
