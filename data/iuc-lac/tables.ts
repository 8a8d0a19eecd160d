/** The two tables with what is spread over them: which pairing ends how is made up, by fixed arithmetic, so that the published totals come out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { themes } from '../../src/parts/themes-of-c1';
import { published, rounds } from './sources';
import { type Language, tongues } from './words';

const table = (file: string): readonly ((column: string) => string)[] => {
  const [head, ...rows] = readFileSync(join(__dirname, file), 'utf8').trim().split('\n');
  const columns = head!.split(',');
  return rows.map((row) => {
    const values = row.split(',');
    if (values.length !== columns.length) throw new Error(`${file}: ${row} does not have ${columns.length} columns`);
    return (column) => values[columns.indexOf(column)] ?? '';
  });
};
const list = (cell: string) => (cell === '' ? [] : cell.split('|'));

export const parties = table('parties.csv').map((cell) => ({
  id: cell('id'),
  name: cell('name'),
  kind: cell('kind'),
  country: cell('country'),
  aliases: list(cell('aliases')),
  members: list(cell('members')).map((each) => ({ municipality: each.split('=')[0]!, name: each.split('=')[1]! })),
  population:
    cell('population') === ''
      ? undefined
      : { population: Number(cell('population')), year: Number(cell('year')), source: cell('population_source') },
}));
export const partyOf = (id: string) => {
  const found = parties.find((each) => each.id === id);
  if (!found) throw new Error(`pairings.csv names ${id}, which parties.csv does not have`);
  return found;
};

const ofTable = table('pairings.csv').map((cell, i) => {
  const id = cell('id');
  const sides = { 'latin-american': list(cell('latin_american')), european: list(cell('european')) };
  const spread = [0, 4, 8].slice(0, 2 + (i % 2)).map((step) => themes[(3 * i + step) % themes.length]!);
  return {
    i,
    id,
    sides,
    call: cell('call'),
    resultNamed: cell('result_named') !== '',
    themes: published[id]?.themes ?? spread,
    language: tongues[partyOf(sides['latin-american'][0]!).country] as Language,
  };
});
/** The totals leave six pairings without agreement and three of them without a plan, the sources not which: every third pairing of which they name no result, in turns without a plan and with one. */
export const without = ofTable
  .filter(({ resultNamed }) => !resultNamed)
  .filter((_, n) => n % 3 === 2)
  .slice(0, 6);
export const pairings = ofTable.map((each) => {
  const turn = without.indexOf(each);
  return {
    ...each,
    ends: turn < 0 ? ('with agreement' as const) : turn % 2 === 0 ? ('without plan' as const) : ('with plan only' as const),
  };
});
export type Pairing = (typeof pairings)[number];
export const planned = pairings.filter(({ ends }) => ends !== 'without plan');
export const agreed = pairings.filter(({ ends }) => ends === 'with agreement');

export const applicationOf = (party: string, call: string) => `${party}-${call}`;
export const roundOf = (call: string) => rounds[call]!;
