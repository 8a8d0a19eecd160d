import { dropParked, retryParked, tellParked } from '../../src/cli/parked';
import type { ReadModel } from '../../src/engine/read-model';
import type { Runner } from '../../src/engine/runner';
import { MemoryStore } from '../../src/store/memory';
import { type Database, freshDatabase } from '../cluster/database';
import { formed, record, runnerOver } from '../reading/recording';

let database: Database;
let runner: Runner;
let poisoned: boolean;
let reported: string[];
const readModel: ReadModel = {
  name: 'poisoned',
  filter: {},
  tables: [],
  apply: ({ touched }) =>
    poisoned && touched.some(({ stream }) => stream === 'pairing-b') ? Promise.reject(new Error('cannot read\n it')) : Promise.resolve(),
};
beforeEach(async () => {
  database = await freshDatabase();
  poisoned = true;
  reported = [];
  const store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  for (const stream of ['pairing-a', 'pairing-b', 'mystery-c']) await record(store, stream, formed);
  runner = runnerOver({
    pool: database.pool,
    store,
    readModels: [readModel],
    report: (name, error) => reported.push(`${name}: ${String(error)}`),
  });
  await runner.catchUp();
});
afterEach(() => database.drop());

describe('operators', () => {
  it('are told of every stream that is set aside, and that stays so', async () => {
    const first = [
      'poisoned: StreamParked: mystery-c waits from revision 0 on: no lifecycle is named mystery',
      'poisoned: StreamParked: pairing-b waits from revision 0 on: cannot read\n it',
    ];
    expect(reported.toSorted()).toEqual(first);
    await runner.retry('poisoned', 'pairing-b');
    await runner.catchUp();
    // Whoever takes the lease up tries all again.
    expect(reported.slice(2)).toContain(first[1]);
  });

  it('see each in one line, and when there is none', async () => {
    const lines = await tellParked(runner);
    expect(lines).toHaveLength(2);
    expect(lines).toContainEqual(
      expect.stringMatching(/^poisoned pairing-b waits from revision 0 on, since \S+, after 1 attempt: cannot read it$/),
    );
    await dropParked(runner, 'poisoned', 'mystery-c', 'a trial');
    expect(await tellParked(runner)).toContainEqual(expect.stringMatching(/named mystery \(given up: a trial\)$/));
    poisoned = false;
    await retryParked(runner, 'poisoned');
    await database.pool.query('delete from engine.parked');
    expect(await tellParked(runner)).toEqual(['nothing is parked']);
  });

  it('have one tried again, and hear whether it went well', async () => {
    expect(await retryParked(runner, 'poisoned', 'pairing-b')).toEqual({ line: '1 tried again in poisoned, 1 still parked', code: 1 });
    poisoned = false;
    expect(await retryParked(runner, 'poisoned', 'pairing-b')).toEqual({ line: '1 tried again in poisoned, 0 still parked', code: 0 });
    expect(await retryParked(runner, 'poisoned', 'pairing-b')).toEqual({
      line: 'pairing-b is not parked in poisoned, or was given up: then `puente rebuild poisoned` takes it in',
      code: 1,
    });
    await expect(retryParked(runner, 'none')).rejects.toThrow('there is no read model none');
  });

  it('give one up with a reason, where it is parked', async () => {
    expect(await dropParked(runner, 'poisoned', 'pairing-b', 'a trial')).toEqual({
      line: 'pairing-b is given up in poisoned: a trial',
      code: 0,
    });
    expect(await dropParked(runner, 'poisoned', 'pairing-a', 'a trial')).toEqual({ line: 'pairing-a is not parked in poisoned', code: 1 });
  });
});
