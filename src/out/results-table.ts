import type { Pool } from 'pg';
import { framework } from '../lifecycles/framework';
import type { IndicatorProgress, Progress, ProgressAnswer } from '../monitoring/progress';
import { idsKnown } from './known-things';
import { type Standpoint, type Table, tableOf } from './table';

interface Row extends IndicatorProgress {
  readonly of: ProgressAnswer;
  readonly began: boolean;
}

async function* resultsOn(pool: Pool, progress: Pick<Progress, 'ofEveryPeriod'>, on: Standpoint): AsyncGenerator<readonly Row[]> {
  const asked = { asOf: on.asOf, position: String(on.position), language: on.language };
  for await (const ids of idsKnown(pool, framework, on.position))
    for (const id of ids) {
      const of = await progress.ofEveryPeriod(id, asked);
      if (of) yield of.indicators.map((each) => ({ ...each, of, began: each.period !== null && each.period.from <= on.asOf }));
    }
}

/** What results frameworks aim at, period by period, and what came of it. */
export const resultsTable = (pool: Pool, progress: Pick<Progress, 'ofEveryPeriod'>): Table =>
  tableOf<Row>({
    name: 'results',
    title: 'Results',
    description:
      'The indicators of results frameworks in each of their periods: the target as it stood, and the latest approved value, or the figure computed from facts by the end of the period.',
    key: ['framework', 'indicator', 'period'],
    columns: {
      framework: ['text', 'Results framework', 'Id of the framework', ({ of }) => of.id],
      name: ['text', 'Name', 'Its name', ({ of }) => of.name],
      programme: ['text', 'Programme', 'Id of the programme whose results it holds', ({ of }) => of.programme],
      pipa: ['text', 'PIPA', 'Id of the PIPA whose results it holds', ({ of }) => of.pipa],
      indicator: ['text', 'Indicator', 'The indicator, within the framework', ({ indicator }) => indicator],
      label: ['text', 'Label', 'What it is called', ({ label }) => label],
      unit: ['text', 'Unit', 'What it is measured in', ({ unit }) => unit],
      level: ['text', 'Level', 'output, outcome or impact', ({ level }) => level],
      direction: ['text', 'Direction', 'rising where more is better, otherwise falling', ({ direction }) => direction],
      baseline: ['number', 'Baseline', 'The value it starts from', ({ baseline }) => baseline.value],
      baselineOn: ['date', 'Baseline on', 'When it was so', ({ baseline }) => baseline.on],
      period: ['text', 'Period', 'The period', ({ period }) => period?.period],
      from: ['day', 'From', 'Its first day', ({ period }) => period?.from],
      to: ['day', 'To', 'Its last day', ({ period }) => period?.to],
      target: ['number', 'Target', 'What is to be reached by its end, as revised by then', ({ period }) => period?.target],
      actual: ['number', 'Actual', 'The value; empty where there is none', ({ actual }) => actual?.value],
      actualAsOf: ['day', 'Actual as of', 'The day of which it is the value', ({ actual }) => actual?.asOf],
      actualIs: ['text', 'Actual is', 'entered (reported and approved) or computed from facts', ({ actual }) => actual?.is],
      approved: [
        'text',
        'Approved by',
        'The approval, as stream@revision',
        ({ actual }) => (actual?.is === 'entered' ? actual.approved : null),
      ],
      illustrative: [
        'boolean',
        'Illustrative',
        'Computed from what was made up, in whole or in part',
        ({ actual }) => (actual?.is === 'computed' ? actual.illustrative : false),
      ],
      expected: ['number', 'Expected', 'Where a straight line to the target is on the day of the value', ({ expected }) => expected],
      status: ['text', 'Status', 'achieved, on-track, behind, no-data; not-begun', ({ status, began }) => (began ? status : 'not-begun')],
    },
    rows: (on) => resultsOn(pool, progress, on),
  });
