import { renderCsv, renderTable } from './print';
import { languages } from '../words/say';
import type { Report } from './report';

const claim = {
  id: 'iuc-c1-cities',
  value: 52,
  comparator: '=',
  asOf: '2020-12-31',
  source: { document: 'Newsletter', date: '2020-12', says: '52 cities' },
  recount: 54,
  agrees: false,
} as const;
const report: Report = {
  asOf: '2026-11-22',
  knownAt: '2026-11-22T10:00:00.000Z',
  position: '1234567890',
  epoch: '0b5dd1a5-6f0c-4a3e-9f2b-6d9b7a1c2d3e',
  illustrative: true,
  notes: [
    'The designs are spread evenly over the pairings, for which of them has how many was never published: only the total of the programme is known.',
  ],
  straddling: 2,
  notCountable: [],
  indicators: [
    {
      code: 'parties-distinct',
      version: 1,
      label: 'Different parties',
      value: 54,
      unit: 'parties',
      illustrative: false,
      straddling: 0,
      claims: [{ ...claim, recount: 51 }],
    },
    {
      code: 'pairings-without-ucap',
      version: 1,
      label: 'Urban Cooperation Action Plans, "UCAP", approved by every side',
      value: 3,
      unit: 'pairings',
      illustrative: true,
      straddling: 2,
      claims: [{ ...claim, value: 3, recount: 3, agrees: true, derived: '26 − 23' }],
    },
    { code: 'calls', version: 1, label: 'Calls', value: 3, unit: 'calls', illustrative: false, straddling: 0, claims: [] },
  ],
};

describe.each(languages)('the report as a table in %s', (language) => {
  const table = renderTable(report, language);

  it('fits a terminal of 100 columns', () => {
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('marks which figures are illustrative and says why', () => {
    expect(table).toContain('3* pairings');
    expect(table).not.toContain('54*');
    expect(table).toContain('illustrative');
    expect(table.replaceAll('\n', ' ')).toContain('only the total of the programme is known');
  });

  it('says of when it speaks, and where a recount differs from what was published', () => {
    for (const part of ['2026-11-22', '1234567890', report.epoch, '54', ': 51', '2020-12-31']) expect(table).toContain(part);
  });
});

it.each([
  ['en', ['yes: 3 by 2020-12-31', 'no: 51 by 2020-12-31']],
  ['es', ['sí: 3 al 2020-12-31', 'no: 51 al 2020-12-31']],
  ['pt', ['sim: 3 até 2020-12-31', 'não: 51 até 2020-12-31']],
] as const)('says in %s what a claim agrees with wherever that is not the figure beside it', (language, answers) => {
  const calls = { ...report.indicators[2]!, value: 2, claims: [{ ...claim, value: 3, recount: 3, agrees: true }] };
  const table = renderTable({ ...report, indicators: [report.indicators[0]!, calls] }, language);
  for (const answer of answers) expect(table).toContain(answer);
});

it('says neither yes nor no where nothing was known', () => {
  const indicators = report.indicators.map((each) => ({
    ...each,
    value: 0,
    claims: each.claims.map((of) => ({ ...of, recount: 0, agrees: null })),
  }));
  const nothing: Report = { ...report, position: '0', indicators };
  const answers = renderTable(nothing, 'en')
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) => line.split('│')[4]!.trim());
  expect(answers).toEqual(['Agrees', '—', '—', '', '']);
  expect(renderCsv(nothing)).toContain(',0,,,Newsletter');
});

it('tells of claims about one thing alone how many there are and agree, and keeps them in the CSV', () => {
  const where = [{ dimension: 'pipa', is: 'iberescena' }];
  const calls = { ...report.indicators[2]!, claims: [true, false].map((agrees) => ({ ...claim, where, agrees, recount: 3 })) };
  const table = renderTable({ ...report, indicators: [calls] }, 'en');
  expect(table).toContain('Published of one thing alone, and not in the table: 2, of which 1 agree.');
  expect(table).not.toContain('no: 3');
  expect(renderCsv({ ...report, indicators: [calls] })).toContain(',pipa:iberescena\r\n');
});

it('says that an imported history was recorded on the day of its import', () => {
  expect(renderTable(report, 'en').replaceAll('\n', ' ')).toContain(
    'recorded on the day of its import: as known before that day there is nothing',
  );
});

it('as CSV has one line for each claim and each figure without one, and says on each which figure is illustrative', () => {
  const lines = renderCsv(report).split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe(
    'asOf,knownAt,position,epoch,indicator,version,label,value,unit,illustrative,straddling,comparator,claimed,claimedAsOf,recount,agrees,derived,source,sourceDate,claimedOf',
  );
  expect(lines[2]).toContain(
    '"Urban Cooperation Action Plans, ""UCAP"", approved by every side",3,pairings,true,2,=,3,2020-12-31,3,true,26 − 23,Newsletter,2020-12',
  );
  expect(new Set([lines[0]!, lines[1]!, lines[3]!].map((line) => line.split(',').length)).size).toBe(1);
});
