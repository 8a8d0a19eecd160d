import supertest from 'supertest';
import type { ReadModelStatus } from '../../src/engine/runner-status';
import { NotReady } from '../../src/http/ports';
import { Signals } from '../../src/http/signals';
import { boot } from './booted';

let clock = 0;
let looked = 0;
beforeEach(() => {
  [clock, looked] = [0, 0];
});
const well: ReadModelStatus = { name: 'board', position: '7', lag: 0, here: true, heartbeat: 3_000, parked: 0 };
const signals = (...status: readonly Partial<ReadModelStatus>[]) =>
  new Signals(
    () => {
      looked += 1;
      return Promise.resolve(status.map((each) => ({ ...well, ...each })));
    },
    () => clock,
  );
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: unknown) => (error as NotReady).of,
  );

describe('a process', () => {
  it('is not ready where a read model gives no sign of life, though nothing is behind', async () => {
    const frozen = signals({ heartbeat: 30_001 }, { name: 'facts' });
    expect(await refused(frozen.heartbeat())).toEqual(['board']);
    expect(await refused(frozen.lag())).toEqual([]);
  });

  it('is not ready where a read model is far behind, though it lives', async () => {
    const lagging = signals({ lag: 10_001 }, { name: 'facts', lag: 10_000 });
    expect(await refused(lagging.lag())).toEqual(['board']);
    expect(await refused(lagging.heartbeat())).toEqual([]);
  });

  it('is not ready with read models of another store', async () => {
    expect(await refused(signals({ position: undefined, lag: 1 }).lag())).toEqual(['board']);
    expect(await refused(signals({ position: undefined, lag: 0 }).lag())).toEqual([]);
  });

  it('has as much time as others to take what nobody brings forward', async () => {
    const begun = signals({ heartbeat: undefined });
    expect(await refused(begun.heartbeat())).toEqual([]);
    clock = 30_001;
    expect(await refused(begun.heartbeat())).toEqual(['board']);
  });

  it('is ready with parked streams, and tells how many', async () => {
    expect(await signals({ parked: 2 }, { name: 'facts', parked: 1 }).lag()).toEqual({ parked: 3 });
  });

  it('looks at the database once a second, however many ask', async () => {
    const asked = signals({});
    await Promise.all([asked.heartbeat(), asked.lag(), asked.now()]);
    clock = 999;
    await asked.lag();
    expect(looked).toBe(1);
    clock = 1_000;
    await asked.lag();
    expect(looked).toBe(2);
  });

  it('says to everybody what is not as it should be, in their language', async () => {
    const booted = await boot({ ready: () => Promise.reject(new NotReady(['board', 'facts'])) });
    try {
      const { body: told } = (await supertest(booted.server)
        .get('/health/ready')
        .set('Accept-Language', 'pt')
        .expect(503)
        .expect('Retry-After', '2')) as { body: object };
      expect(told).toMatchObject({
        code: 'NOT_READY',
        detail: 'Isto não está como deve: database (board, facts).',
        checks: { database: ['board', 'facts'] },
      });
    } finally {
      await booted.close();
    }
  });
});
