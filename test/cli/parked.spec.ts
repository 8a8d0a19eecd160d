import { retryParked } from '../../src/cli/parked';
import { Leases } from '../../src/engine/leases';
import type { ReadModel } from '../../src/engine/read-model';
import { MemoryStore } from '../../src/store/memory';
import { type Database, freshDatabase } from '../cluster/database';
import { formed, record, runnerOver } from '../reading/recording';

// A busy machine takes seconds for a new database.

let database: Database;
let poisoned: boolean;
const readModel: ReadModel = {
  name: 'poisoned',
  filter: {},
  tables: [],
  apply: () => (poisoned ? Promise.reject(new Error('cannot read it')) : Promise.resolve()),
};
beforeEach(async () => {
  database = await freshDatabase();
  poisoned = true;
});
afterEach(() => database.drop());

describe('beside a server, which brings the read model forward, an operator', () => {
  it.each([
    [['pairing-a'], 'pairing-a', '1 asked for in poisoned: the process that brings it forward tries it within seconds'],
    [['pairing-a', 'pairing-b'], undefined, '2 asked for in poisoned: the process that brings it forward tries them within seconds'],
  ])('hears of %j that another attempt is asked for, not that it failed', async (streams, stream, says) => {
    const store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
    for (const each of streams) await record(store, each, formed);
    const over = { pool: database.pool, store, readModels: [readModel] };
    const server = runnerOver(over);
    await server.catchUp();
    const ofServer = new Leases(database.pool, 'server', 600_000);
    const held = await ofServer.take(['read-model poisoned']);
    const terminal = runnerOver(over);
    const before = await terminal.parked();
    expect(before).toHaveLength(streams.length);

    const { line, code } = await retryParked(terminal, 'poisoned', stream);
    expect([line, code]).toEqual([`${says}; \`puente parked\` then lists what stays`, 0]);
    expect(await terminal.parked()).toEqual(before);

    poisoned = false;
    await ofServer.release(held);
    await server.catchUp();
    expect(await retryParked(terminal, 'poisoned')).toEqual({ line: 'nothing is parked in poisoned', code: 0 });
  });
});
