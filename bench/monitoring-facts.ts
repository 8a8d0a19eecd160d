import type { Client } from 'pg';

/** Pairings that the facts are spread over, and measures that each has facts of. */
export const pairings = 2_000;
export const measures = ['missions-held', 'delegates', 'pilot-designs', 'actors-engaged', 'ucaps-approved'] as const;

/**
 * So many facts, made in the database: each pairing has as many of each measure, dated over ten years, a tenth of them to a month; one of
 * fifty was taken back later. They are recorded in the order of their positions, pairing by pairing in turns, as officers record them.
 * The timeline holds an event for each.
 */
export const fillFacts = async (client: Client, facts: number): Promise<void> => {
  await client.query('truncate reading.facts, reading.fact_moments, reading.timeline');
  await client.query(
    `insert into reading.facts (stream, revision, ordinal, measure, subject, quantity, dimensions, occurred_from, occurred_to,
       recorded_position, recorded_at, retracted_position, retracted_at, correlation_id, recorded_revision, retracted_revision)
     select 'pairing-' || lpad((n % ${pairings})::text, 4, '0'), n / ${pairings}, 0, ($2::text[])[1 + (n / ${pairings}) % ${measures.length}],
       'pairing-' || lpad((n % ${pairings})::text, 4, '0') || '/thing ' || n / ${pairings}, 1,
       jsonb_build_object('component', 'C' || 1 + n % 3, 'call', 'call-' || n % 7, 'mode', case n % 2 when 0 then 'virtual' else 'in-person' end),
       day, case when n % 10 = 0 then (date_trunc('month', day) + interval '1 month - 1 day')::date else day end,
       n + 1, '2020-01-01'::timestamptz + n * interval '1 second',
       case when n % 50 = 0 then n + 1 + $1 end, case when n % 50 = 0 then '2021-01-01'::timestamptz + n * interval '1 second' end,
       'no import', n / ${pairings}, case when n % 50 = 0 then n / ${pairings} + 1 end
     from generate_series(0, $1::int - 1) n cross join lateral (select '2010-01-01'::date + ((n::bigint * 7919) % 3650)::int as day) dated`,
    [facts, measures],
  );
  await client.query(
    `insert into reading.timeline (stream, revision, sort_day, position, recorded_at, entry, correlation_id)
     select stream, revision, occurred_to::text, recorded_position, recorded_at,
       jsonb_build_object('type', 'ThemeAgreed', 'data', jsonb_build_object('theme', 'housing'), 'occurredOn', occurred_from::text,
         'actor', '00000000-0000-4000-8000-000000000000', 'roles', jsonb_build_array('programme-officer'), 'waived', '[]'::jsonb, 'standing', 'in-force'),
       correlation_id
     from reading.facts`,
  );
  await client.query(`insert into reading.fact_moments select recorded_at, recorded_position from reading.facts`);
  await client.query('vacuum analyze');
  await client.query('checkpoint');
};
