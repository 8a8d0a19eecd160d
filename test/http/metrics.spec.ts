import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import supertest from 'supertest';
import { keepSelfChecks } from '../../src/engine/self-checks';
import { mintDevToken } from '../../src/http/dev-issuer';
import { measures, measuresTable, type Measure } from '../../src/http/measures';
import { serve } from '../../src/http/server';
import { declared } from './booted';
import { options, served } from './served';

const page = join(__dirname, '../../docs/operating.md');

describe('the page for operators', () => {
  it('lists every measure', () => {
    const [, table] = /<!-- measures -->\n\n([\s\S]*?)\n<!-- \/measures -->/.exec(readFileSync(page, 'utf8'))!;
    const rows = table!.trim().split('\n').slice(2);
    expect(rows.map((row) => row.replaceAll(/ +/g, ' '))).toEqual(measuresTable());
  });
});

describe('the metrics', () => {
  const { home, database, base } = served();
  const scrape = async () =>
    (
      await supertest(base())
        .get('/metrics')
        .expect(200)
        .expect('Content-Type', /^text\/plain/)
    ).text;
  const value = (text: string, series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.slice(series.length),
    );

  it('tell what was appended, commanded and asked, and how read models, leases and tasks stand', async () => {
    const officer = supertest.agent(base()).set('Authorization', `Bearer ${await mintDevToken({ home, role: 'programme-officer' })}`);
    const declare = () => officer.post('/v1/data-sets/measured/declare-data-set');
    const first = await declare().send(declared).expect(201);
    await declare().send(declared).expect(200);
    await declare()
      .send({ ...declared, source: '' })
      .expect(400);
    await declare()
      .send({ ...declared, source: 'another' })
      .expect(409);
    await declare()
      .set('Puente-Dry-Run', 'true')
      .send({ ...declared, source: 'another' })
      .expect(409);
    await database().pool.query(`insert into engine.parked values ('board', 'pairing-a', 0, 'broken', 1, now())`);
    await officer.get('/v1/report').set('Puente-Position', first.headers['puente-position']!).set('Prefer', 'wait=20').expect(200);
    const text = await scrape();
    expect(value(text, 'puente_append_seconds_count{outcome="written"}')).toBe(1);
    expect(value(text, 'puente_append_batch_size_count')).toBe(1);
    for (const state of ['in-hands', 'waiting', 'parked']) expect(value(text, `puente_delivery_events{state="${state}"}`)).toBe(0);
    for (const each of ['puente_delivery_failing_subscriptions', 'puente_event_stream_readers']) expect(value(text, each)).toBe(0);
    expect(value(text, 'puente_commands_total{outcome="recorded"}')).toBe(1);
    expect(value(text, 'puente_commands_total{outcome="unchanged"}')).toBe(1);
    expect(value(text, 'puente_commands_total{outcome="malformed"}')).toBe(1);
    expect(value(text, 'puente_commands_total{outcome="refused"}')).toBe(2);
    expect(value(text, 'puente_http_request_seconds_count{method="POST",status="4xx"}')).toBe(3);
    expect(value(text, 'puente_parked_streams{projection="board"}')).toBe(1);
    expect(value(text, 'puente_projection_lag_events{projection="facts"}')).toBe(0);
    expect(value(text, 'puente_lease_changes_total{lease="read-model board"}')).toBe(1);
    expect(value(text, 'puente_lease_heartbeat_age_seconds{lease="read-model board"}')).toBeLessThan(10);
    expect(value(text, 'puente_tasks{by="timers",state="waiting"}')).toBe(0);
    expect(value(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    for (const { name } of Object.values<Measure>(measures)) expect(text).toContain(`# HELP ${name} `);
    await supertest(base())
      .get('/health/ready')
      .expect(200, /"lag":\{"parked":1,"status":"up"\}/);
  });

  it('tell what the last self-check found, and when it ended, from the first on', async () => {
    expect(await scrape()).not.toMatch(/^puente_selfcheck/m);
    const found = (differences: number) => [
      { name: 'board', runs: 26, differences },
      { name: 'figures', runs: 102, differences: 0 },
    ];
    await keepSelfChecks(database().pool, [...found(7), { name: 'gone', runs: 1, differences: 1 }], new Date('2026-11-27T03:00:00Z'));
    await keepSelfChecks(database().pool, found(3), new Date('2026-11-28T03:00:00Z'));
    const text = await scrape();
    expect(text.match(/^puente_selfcheck.*$/gm)).toEqual([
      'puente_selfcheck_differences{of="board"} 3',
      'puente_selfcheck_differences{of="figures"} 0',
      `puente_selfcheck_last_run_timestamp_seconds ${Date.parse('2026-11-28T03:00:00Z') / 1_000}`,
    ]);
  });

  it('are not for whoever comes through a proxy', async () => {
    for (const header of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP'])
      await supertest(base())
        .get('/metrics')
        .set(header, '192.0.2.1')
        .expect(401, /UNAUTHENTICATED/);
  });

  it('are for whoever has the token, where there is one', async () => {
    const guarded = await serve({ home, databaseUrl: database().url, log: () => undefined }, { ...options, metricsToken: 'a secret' });
    try {
      const asks = () => supertest(guarded.base).get('/metrics');
      await asks().expect(401);
      await asks().set('Authorization', 'Bearer another').expect(401);
      await asks()
        .set('Authorization', `Bearer ${await mintDevToken({ home, role: 'admin' })}`)
        .expect(401);
      await asks().set('Authorization', 'Bearer a-secret').expect(401);
    } finally {
      await guarded.close();
    }
    const other = await serve({ home, databaseUrl: database().url, log: () => undefined }, { ...options, metricsToken: 'a-secret' });
    try {
      await supertest(other.base).get('/metrics').set({ Authorization: 'Bearer a-secret', Via: 'proxy' }).expect(200);
    } finally {
      await other.close();
    }
  });
});
