import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Status, renderStatus } from '../../src/cli/status';
import { tellStuck } from '../../src/cli/parked';
import { stuck, workStatus } from '../../src/engine/doer-status';
import type { Said } from '../../src/kernel/refusal';
import { policies } from '../../src/lifecycles/policies';
import { type Database, freshDatabase } from '../cluster/database';
import { puente } from './terminal';

const [policy] = policies.map(({ name }) => name);
const now = new Date('2026-03-01T12:00:00Z');
let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(() => database.pool.query('delete from engine.task; delete from engine.timer'));
afterAll(() => database.drop());

const task = (position: number, state: string, problem?: Said) =>
  database.pool.query(
    `insert into engine.task (policy, cause, path, position, stream, command, body, occurred_on, correlation_id, state, problem, attempts)
     values ($1, $2, '{0}', $3, 'application-a', 'PairApplication', '{}', '2026-02', $4, $5, $6, 2)`,
    [policy, `pairing-p@${position}`, position, randomUUID(), state, problem],
  );
const timer = (stream: string, dueOn: string, attempts: number, problem?: Said) =>
  database.pool.query(
    `insert into engine.timer (stream, revision, ordinal, due_on, command, body, problem, attempts) values ($1, 9, 0, $2, 'ExpireAgreement', '{}', $3, $4)`,
    [stream, dueOn, problem, attempts],
  );
const stuckNow = async () => tellStuck(await stuck(database.pool, now));
const of = (name: string | undefined, work: Status['work']) => work.find((each) => each.name === name);

describe('an operator', () => {
  it('reads how much each policy and the calendar has to do, and which of it is the oldest', async () => {
    await task(7, 'open');
    await task(3, 'failed', { code: 'FAILED', values: { error: 'the store is gone' } });
    await task(5, 'refused', { code: 'UNKNOWN_REFERENCE', values: { thing: 'party', id: 'p' } });
    await task(1, 'done');
    await task(2, 'undone', { code: 'NO_SUCH_PAIRING', values: {} });
    await timer('pairing-p', '2026-03-01', 0);
    await timer('pairing-done', '2026-02-01', 1);
    await timer('pairing-later', '2026-03-02', 0);
    await timer('pairing-q', '2026-02-20', 3, { code: 'NO_SUCH_PAIRING', values: {} });
    const work = await workStatus(database.pool, policies, now);
    expect(work.map(({ name }) => name)).toEqual([...policies.map(({ name }) => name), 'timers']);
    expect(of(policy, work)).toEqual({
      name: policy,
      waiting: 1,
      failed: 1,
      refused: 1,
      oldest: { cause: 'pairing-p@3', since: '2026-02' },
    });
    expect(of('timers', work)).toMatchObject({ waiting: 1, failed: 0, refused: 1, oldest: { cause: 'pairing-q@9', since: '2026-02-20' } });
  });

  it('reads of each that failed or was refused what it was to do, and why it is not done', async () => {
    expect(await stuckNow()).toEqual(['nothing that policies and timers demand failed or was refused']);
    await task(7, 'open');
    await task(3, 'failed', { code: 'FAILED', values: { error: 'the store\nis gone' } });
    await task(5, 'refused', { code: 'UNKNOWN_REFERENCE', values: { thing: 'party', id: 'p' } });
    await timer('pairing-q', '2026-02-20', 1, { code: 'NO_SUCH_PAIRING', values: {} });
    const of = 'PairApplication on application-a as of 2026-02';
    expect(await stuckNow()).toEqual([
      expect.stringContaining(
        'timers/pairing-q@9/0 is refused to ExpireAgreement on pairing-q as of 2026-02-20, after 1 attempt: NO_SUCH_PAIRING ',
      ),
      `${policy}/pairing-p@3/0 fails, and tries again, to ${of}, after 2 attempts: the store is gone`,
      `${policy}/pairing-p@5/0 is refused to ${of}, after 2 attempts: UNKNOWN_REFERENCE There is no party p.`,
    ]);
  });

  it('sees it as a table that names where the reasons are', () => {
    const readModels = [{ name: 'board', position: '42', lag: 3, here: false, heartbeat: 2_345, parked: 0 }];
    const quiet = renderStatus({ readModels, work: [{ name: 'timers', waiting: 4, failed: 0, refused: 0 }] });
    expect(quiet).toMatch(/│ board +│ +42 │ +3 │ +2\.3 s │ +0 │/);
    expect(quiet).toMatch(/│ timers +│ +4 │ +0 │ +0 │/);
    expect(quiet).not.toContain('puente parked');
    const oldest = { cause: 'pairing-p@3', since: '2026-02' };
    expect(renderStatus({ readModels, work: [{ name: 'timers', waiting: 0, failed: 0, refused: 1, oldest }] })).toMatch(
      /pairing-p@3, 2026-02 │[^]*`puente parked` lists/,
    );
  });

  it('gets it as JSON alone on standard output', async () => {
    const home = mkdtempSync(join(tmpdir(), 'puente-status-'));
    try {
      await task(5, 'refused', { code: 'NO_SUCH_PAIRING', values: {} });
      const { code, out } = await puente(['status', '--format', 'json'], { PUENTE_HOME: home, DATABASE_URL: database.url });
      expect(code).toBe(0);
      const { readModels, work } = JSON.parse(out) as Status;
      expect(readModels.map(({ name }) => name)).toContain('board');
      expect(of(policy, work)).toMatchObject({ refused: 1 });
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
