import { verifyLog } from '../../src/cli/verify-log';
import { rulesIn } from '../../src/engine/published-rules';
import { MemoryStore } from '../../src/store/memory';

const metadata = {
  occurredOn: '2017',
  actor: 'officer',
  roles: ['programme-officer'],
  commandId: 'c',
  commandHash: 'h',
  correlationId: 'c',
};
const ids = ['5b0d9f0a-3a77-4c1c-8d0c-0b8a1a7e2c44', 'c7b8b1de-5f2c-4f0e-9a55-1d6d3a5d1f10'] as const;
const registered = { id: ids[0], type: 'PartyRegistered', data: { name: 'Málaga', kind: 'city', countries: ['ES'] }, metadata };
const failed = async (fill: (store: MemoryStore) => Promise<unknown>) => {
  const store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  await fill(store);
  return (await verifyLog({ store, rules: rulesIn(store) })).flatMap(({ failures }) => failures);
};

describe('verifying the log', () => {
  it('finds nothing in a log as Puente writes it', async () => {
    expect(await failed((store) => store.append('party-malaga', [registered], 'none'))).toEqual([]);
  });

  it('names an event that is not of its shape', async () => {
    const found = await failed((store) =>
      store.append('party-malaga', [{ ...registered, data: { ...registered.data, mayor: 'x' } }], 'none'),
    );
    expect(found).toEqual([expect.stringContaining('party-malaga@0')]);
  });

  it('names a fact that lacks what it needs, and a stream of no lifecycle', async () => {
    const found = await failed(async (store) => {
      await store.append('party-malaga', [registered, { ...registered, id: ids[1] }], 'none');
      await store.append('city-cartagena', [{ ...registered, type: 'PartyAliasAdded', data: { alias: 'x' } }], 'none');
    });
    expect(found).toEqual([expect.stringContaining('party-malaga@1'), expect.stringContaining('city-cartagena')]);
  });
});
