import { Pool } from 'pg';
import type { Counting } from '../src/parts/indicator-counting';
import { lifecycles } from '../src/lifecycles/all';
import { evidencePage } from '../src/monitoring/evidence';
import { count } from '../src/monitoring/figures';
import { Monitoring } from '../src/monitoring/monitoring';
import { Reports } from '../src/monitoring/report';
import { Parties } from '../src/reading/parties';
import { Sentences } from '../src/reading/sentences';
import { Timeline } from '../src/reading/timeline';
import { keepingPlans } from '../src/store/pool';
import { atMost, inTurns, median, ratio, type Figure, type Measured, type Ratio, type Suite } from './measure';
import { fillFacts, measures } from './monitoring-facts';
import { rebuilding } from './monitoring-rebuild';
import { connected, startServer, type Server } from './server';

const asOf = '2017-06-30';
const limit = 50;
/** Pages read in a turn: so many that how a connection comes to its plan for them no longer shows. */
const pages = 200;
const counting: Counting = { aggregation: 'sum', measure: 'missions-held' };

/** The figure as somebody who knows the table would count it. */
const byHand = `select coalesce(sum(greatest(left_over, 0)), 0) as value from (
    select sum(quantity) as left_over from reading.facts
    where measure = $1 and recorded_position <= $2 and (retracted_position is null or retracted_position > $2) and occurred_to <= $3
    group by stream, subject) s`;
const keyset = `select * from reading.facts where measure = $1 and recorded_position <= $2
    and (retracted_position is null or retracted_position > $2) and occurred_to <= $3
    and (recorded_position, stream, revision, ordinal) > ($4, $5, 0, 0) order by recorded_position, stream, revision, ordinal limit ${limit + 1}`;
const timelineKeyset = `select * from reading.timeline where stream = $1 and revision > $2 order by revision limit ${limit + 1}`;

const noWords = { reveal: () => Promise.resolve(new Map()) };
const took = async (times: number, work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  for (let time = 0; time < times; time += 1) await work();
  return (performance.now() - began) / times;
};

/** What is asked of so many facts, against SQL by hand over the same. */
const asked = async (server: Server, facts: number, rounds: number, log: (line: string) => void): Promise<Measured> => {
  const url = await server.migrated(`facts_${facts}`);
  const client = await connected({ connectionString: url });
  await fillFacts(client, facts);
  const pool = new Pool({ connectionString: url, max: 4 });
  const keeping = new Pool({ connectionString: url, max: 4, ...keepingPlans });
  const position = BigInt(Math.floor(facts * 0.9));
  const axes = { asOf, position };
  const timeline = new Timeline(pool, new Sentences(Object.values(lifecycles), noWords, new Parties(pool)));
  const definitions = {
    at: () => Promise.resolve(indicators),
    one: () => Promise.resolve(indicators[0]),
    claims: () => Promise.resolve([]),
  };
  const store = { epoch: () => Promise.resolve('bench') };
  const reports = new Reports(pool, store, definitions);
  const monitoring = new Monitoring(pool, store, definitions);
  const middle = String(position / 2n);
  const hand = await client.query<{ value: string }>(byHand, [counting.measure, String(position), asOf]);
  const counted = await count(pool, [{ counting }], axes);
  if (Number(hand.rows[0]!.value) !== counted.figures[0]!.value) throw new Error('the figure is not the one counted by hand');
  try {
    const of = await inTurns(
      rounds,
      {
        figure: () => took(5, () => count(pool, [{ counting }], axes)),
        byHand: () => took(5, () => pool.query({ name: 'by-hand', text: byHand, values: [counting.measure, String(position), asOf] })),
        evidence: () => took(pages, () => evidencePage(keeping, { counting }, axes, { after: `${middle}~pairing-0000~0~0~0`, limit })),
        keyset: () =>
          took(pages, () =>
            pool.query({ name: 'keyset', text: keyset, values: [counting.measure, String(position), asOf, middle, 'pairing-0000'] }),
          ),
        timeline: () => took(pages, () => timeline.page('pairing-0007', { after: '1', limit, language: 'en' })),
        timelineKeyset: () => took(pages, () => pool.query({ name: 'timeline-keyset', text: timelineKeyset, values: ['pairing-0007', 1] })),
        report: () => took(1, () => reports.make({ asOf, position: String(position), language: 'en' })),
        series: () => took(1, () => monitoring.series({ code: 'x', asOf, position: String(position), every: 'year', language: 'en' })),
      },
      (round, given) =>
        log(
          `${facts} facts, round ${round}: ${Object.entries(given)
            .map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`)
            .join('; ')}`,
        ),
    );
    const ms = (name: string, values: readonly number[]): Figure => ({
      name: `${name}, ${facts} facts`,
      value: Number(median(values).toFixed(2)),
      unit: 'ms',
    });
    const most = facts === 1_000_000;
    const told = (name: string, above: readonly number[], below: readonly number[], bound: number): Ratio =>
      ratio(`${name}, ${facts} facts`, above, below, ...(most ? [atMost(bound)] : []));
    return {
      ratios: [
        told('a figure on two axes of time ÷ the same sum in SQL by hand, in time', of.figure, of.byHand, 1.3),
        told('a page of evidence ÷ a raw page by key, in time', of.evidence, of.keyset, 1.5),
        told('a page of a timeline, told in sentences ÷ a raw page by key, in time', of.timeline, of.timelineKeyset, 1.5),
      ],
      figures: [
        ms('a figure', of.figure),
        ms('a page of evidence', of.evidence),
        ms('a page of a timeline', of.timeline),
        ms(`report of ${indicators.length} indicators`, of.report),
        ms('series of a figure by years', of.series),
      ],
    };
  } finally {
    await Promise.all([pool.end(), keeping.end()]);
    await client.end();
    await server.drop(`facts_${facts}`);
  }
};

const words = { en: 'Things', es: 'Cosas', pt: 'Coisas' };
const indicators = measures.flatMap((measure) =>
  [
    { aggregation: 'sum', measure } as const,
    { aggregation: 'distinct', measure, of: 'stream' } as const,
    { aggregation: 'without', measure: 'actors-engaged', of: 'stream', less: { measure } } as const,
  ].map((counting) => ({
    ...{ code: `${counting.aggregation}-${measure}`, version: 1, label: words, unit: words, level: 'output' as const, counting },
    ...{ rule: 'as the benchmark says', source: 'the benchmark' },
  })),
);

/** Figures, evidence and reports over 2,000 pairings, at 10⁴, 10⁵ and 10⁶ facts. */
export const monitoringSuite: Suite = async (log, { rounds, only }) => {
  const server = await startServer(log);
  try {
    const measured: Measured[] = [];
    for (const facts of [10_000, 100_000, 1_000_000])
      if (only === undefined || only === 'asked') measured.push(await asked(server, facts, rounds, log));
    if (only === undefined || only === 'rebuild') measured.push(await rebuilding(server, log, rounds));
    return {
      suite: 'monitoring',
      ratios: measured.flatMap(({ ratios }) => ratios),
      figures: measured.flatMap(({ figures }) => figures),
      environment: { ...(await server.environment()), rounds },
    };
  } finally {
    await server.stop();
  }
};
