import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExecuteHandler } from '../../src/engine/execute-handler';
import { importLines } from '../../src/engine/import';
import { storedFrom } from '../../src/engine/streams';
import { fold } from '../../src/kernel/history';
import { isPartialDate } from '../../src/kernel/partial-date';
import type { State } from '../../src/kernel/lifecycle';
import { lifecycles } from '../../src/lifecycles/all';
import type { Pipa } from '../../src/lifecycles/pipa';
import type { Condition } from '../../src/kernel/conditions';
import { membersOn } from '../../src/parts/pipa-course-countries';
import { InMemory } from '../in-memory';
import { ids, leftOut } from './events';
import { make } from './make';
import { claims as statements, figures, lists, membership, programmes, summits } from './table';

interface Line {
  readonly to: string;
  readonly do: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredOn: string;
  readonly id: string;
}
interface Claim {
  readonly id: string;
  readonly value: number;
  readonly comparator: string;
  readonly asOf?: string;
  readonly figure?: string;
  readonly derived?: string;
  readonly against: readonly string[];
  readonly where?: readonly Condition[];
  readonly notCountable?: string;
  readonly source: { readonly date: string; readonly page?: string };
}

const linesOf = (file: string) => {
  const all = file.split('\n').filter((line) => line !== '');
  return all.filter((line) => !line.startsWith('//')).map((line) => JSON.parse(line) as Line);
};
const made = make();
const texts = Object.values(made);
const [events, published] = [linesOf(made['pipa.jsonl']), linesOf(made['claims.jsonl'])];
const lines = [...events, ...published];
const claims = published.map(({ to, data }) => ({ id: to.slice('claim/'.length), ...data }) as unknown as Claim);
const done = (command: string) => events.filter((line) => line.do === command);
const course = (id: string) =>
  events.filter(({ to, do: command }) => to === `pipa/${id}` && ['ApprovePipa', 'ChangePipaKind'].includes(command));
const valuesOf = (figure: string) => claims.filter((claim) => claim.figure === figure).map(({ value }) => value);

describe('the programmes, initiatives and affiliated projects', () => {
  it.each(Object.keys(made) as (keyof typeof made)[])('are the file %s that the tables make', (file) => {
    expect(readFileSync(join(__dirname, file), 'utf8')).toBe(made[file]);
  });

  it('give every line an id of its own, and a date that is one', () => {
    expect(lines.every(({ id }) => id.startsWith('pipa/'))).toBe(true);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    expect(lines.filter(({ occurredOn }) => !isPartialDate(occurredOn))).toEqual([]);
  });

  it('have so many lines of each command', () => {
    const counts: Record<string, number> = {};
    for (const line of lines) counts[line.do] = (counts[line.do] ?? 0) + 1;
    expect(counts).toEqual({
      ...{ DeclareDataSet: 1, RegisterPipa: 37, ApprovePipa: 36, ChangePipaKind: 5 },
      ...{ ListCountries: 51, AccedeCountry: 8, InviteCountry: 12, WithdrawCountry: 4 },
      ...{ DesignateBodyHolder: 10, EndBodyTerm: 4, PublishClaim: 236 },
    });
  });

  it('keep every row of the tables, or count it among what is left out', () => {
    const sum = (...words: readonly string[]) =>
      Object.entries(leftOut).reduce((all, [why, rows]) => (words.some((word) => why.startsWith(word)) ? all + rows : all), 0);
    expect(lists).toHaveLength(done('ListCountries').length + sum('country lists'));
    const rows = (status: string) => membership.filter((row) => row.status === status).length;
    expect(rows('acceded')).toBe(done('AccedeCountry').length + sum('accessions'));
    expect(rows('invited')).toBe(done('InviteCountry').length + sum('invitations'));
    expect(rows('withdrew')).toBe(done('WithdrawCountry').length + sum('withdrawals'));
    expect(ids).toHaveLength(done('RegisterPipa').length + 3);
    expect(programmes).toHaveLength(37 + 5 + sum('rows of programmes') + sum('programmes of which'));
    // Four statements stand in both tables; three lists and one sum are ours.
    expect(claims).toHaveLength(figures.length + statements.length - 4 + 4);
  });

  it('are approved by Summits of that year', () => {
    for (const { occurredOn, data } of [...done('ApprovePipa'), ...done('ChangePipaKind')]) {
      const number = (data['summit'] as string | undefined)?.split(' ')[0];
      if (number === undefined) continue;
      expect(summits.map((each) => `${each.number} ${each.year}`)).toContain(`${number} ${occurredOn}`);
    }
  });

  it('tell that Ibermuseos was an initiative in 2007 and a programme in 2008, the milk banks a programme in 2007 and an affiliated project in 2019', () => {
    expect(events.find(({ to }) => to === 'pipa/ibermuseos')).toMatchObject({ do: 'RegisterPipa', data: { kind: 'initiative' } });
    expect(course('ibermuseos')).toMatchObject([
      { do: 'ApprovePipa', occurredOn: '2007', data: { summit: 'XVII Cumbre Iberoamericana' } },
      { do: 'ChangePipaKind', occurredOn: '2008', data: { becomes: 'programme', summit: 'XVIII Cumbre Iberoamericana' } },
    ]);
    expect(events.find(({ to }) => to === 'pipa/blh')).toMatchObject({ do: 'RegisterPipa', data: { kind: 'programme' } });
    expect(course('blh')).toMatchObject([
      { do: 'ApprovePipa', occurredOn: '2007' },
      { do: 'ChangePipaKind', occurredOn: '2019', data: { becomes: 'affiliated-project' } },
    ]);
  });

  it('mark every withdrawal as inferred, with the list that no longer names the country', () => {
    for (const { to, data, occurredOn } of done('WithdrawCountry')) {
      expect(data).toMatchObject({ inferred: true });
      const later = done('ListCountries').find(
        (line) => line.to === to && line.data['source'] === data['source'] && line.occurredOn === occurredOn,
      );
      expect(later?.data['countries']).not.toContain(data['country']);
    }
  });

  it('name organisations as holders, and no people', () =>
    expect(done('DesignateBodyHolder').filter(({ data }) => 'person' in data)).toEqual([]));
});

describe('what was published of them', () => {
  it('keeps its contradictions: two values for one figure are two claims', () => {
    const of = 'member-countries-stated-count';
    expect(valuesOf(`pipa-picspam-${of}`)).toEqual([8, 9]);
    expect(valuesOf(`pipa-seguridad-vial-${of}-2018`)).toEqual([9, 8]);
    expect(valuesOf(`pipa-iberartesanias-${of}-2017`)).toEqual([12, 11]);
    expect(valuesOf(`pipa-iberescena-${of}-2016`)).toEqual([14, 13]);
    expect(valuesOf(`pipa-iberbibliotecas-${of}-2012`)).toEqual([7, 6]);
    expect(valuesOf(`pipa-cyted-${of}-1984`)).toEqual([22, 21]);
    expect(valuesOf('pipa-iberescena-aid-awarded-2016')).toEqual([1_109_065, 1_109_055]);
    expect(valuesOf('pipa-ibermedia-invested-in-aid-lines-1998')).toEqual([93_000_000, 85_000_000]);
    expect(valuesOf('pipa-ibermedia-projects-approved-sixth-annual-meeting')).toEqual([76, 75]);
    expect(valuesOf('pipa-chagas-jurisdictions-committed-2023')).toEqual([24, 12]);
    expect(valuesOf('pipa-chagas-population-in-the-jurisdictions-2023')).toEqual([5_534_653, 5_434_653]);
    expect(valuesOf('pipa-ibero-american-cooperation-programmes-2016')).toEqual([29, 27]);
  });

  it('says of every figure what it is held against, or why nothing is counted against it', () => {
    for (const { id, against, notCountable } of claims) expect([id, against.length > 0]).toEqual([id, notCountable === undefined]);
    const defined = readFileSync(join(__dirname, '../indicators/indicators.jsonl'), 'utf8');
    expect(
      claims.filter(({ where, against }) => where && against.length > 0).map(({ against, where }) => [against, where![0]!.dimension]),
    ).toEqual(Array<unknown>(43).fill([['pipa-memberships'], 'pipa']));
    for (const code of claims.flatMap(({ against }) => against)) expect(defined).toContain(`"indicator/${code}"`);
  });

  it('holds the total of 30 against all that is active, its parts 21, 4 and 5 against each kind', () => {
    const parts = claims.filter(
      ({ against: [code, ...more], asOf, derived }) =>
        [asOf, derived].every((each) => each === undefined) && code?.startsWith('pipas-') && more.length === 0,
    );
    expect(parts.slice(0, 4).map(({ value, against }) => [value, against[0]])).toEqual([
      [30, 'pipas-active'],
      [21, 'pipas-programmes'],
      [4, 'pipas-initiatives'],
      [5, 'pipas-affiliated-projects'],
    ]);
  });

  it('has the address of its page, but for the fiche that has none', () =>
    expect(new Set(claims.filter(({ source }) => source.page === undefined).map(({ id }) => id.split('-')[1]))).toEqual(
      new Set(['ibermedia']),
    ));
});

describe('the import', () => {
  const writing = new InMemory(() => new Date('2025-12-01T12:00:00Z'));
  const pipaIn = async (id: string): Promise<{ readonly state: Pipa; readonly types: readonly string[] }> => {
    const recorded = (await writing.store.read(`pipa-${id}`)).map(storedFrom);
    const { state } = fold(lifecycles.pipa, recorded, () => undefined);
    return { state: state as State<typeof lifecycles.pipa.parts>, types: recorded.map(({ type }) => type) };
  };
  const handler = new ExecuteHandler(writing);
  const importing = {
    lifecycles,
    execute: handler.execute.bind(handler),
    actor: randomUUID(),
    roles: ['programme-officer'] as const,
    correlationId: 'pipa',
  };
  const imported = async () => {
    const outcomes = [];
    // The claims name the indicators.
    const defined = readFileSync(join(__dirname, '../indicators/indicators.jsonl'), 'utf8');
    await importLines(defined.split('\n'), importing);
    for (const text of texts) outcomes.push(await importLines(text.split('\n'), importing));
    return outcomes;
  };

  it('takes every line, and taken again changes nothing', async () => {
    const each = [events.length, published.length];
    expect(await imported()).toEqual(each.map((n) => ({ lines: n, recorded: n, unchanged: 0, bad: [] })));
    expect(await imported()).toEqual(each.map((n) => ({ lines: n, recorded: 0, unchanged: n, bad: [] })));
  }, 120_000);

  it('leaves below its minimum only Ibercocinas, a programme of which five countries are known, and opens no alert that it closes', async () => {
    const all = await Promise.all(ids.map(async (id) => ({ id, ...(await pipaIn(id)) })));
    const below = all.filter(({ state }) => state.course.phase !== 'absent' && state.course.alert);
    expect(below.map(({ id }) => id)).toEqual(['ibercocinas']);
    expect(below[0]!.state.course).toMatchObject({ alert: { minimum: 7, members: 5 } });
    expect(all.filter(({ types }) => types.includes('MinimumAlertClosed'))).toEqual([]);
  });

  it('keeps a country that a later list does not name, as long as nothing infers its withdrawal', async () => {
    const { course: told } = (await pipaIn('iberescena')).state;
    if (told.phase === 'absent') throw new Error('never registered');
    const listed = lists.find(({ programme, as_of }) => programme === 'iberescena' && as_of === '2023')!.countries;
    expect(membersOn(told.countries, '2007')).toHaveLength(8);
    expect(listed).toHaveLength(17);
    expect(membersOn(told.countries, '2023').filter((country) => !listed.includes(country))).toEqual(['DO', 'VE']);
  });
});
