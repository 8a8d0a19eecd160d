import type { EventStore } from '../../src/store/port';

/** The pairing of Cartagena and Málaga, just formed: what everything else of a pairing needs. */
export const formPairing = async (store: EventStore): Promise<void> => {
  const sides = ['european', 'latin-american'].map((side) => ({ side, members: [{ party: side, application: side }] }));
  await store.append(
    'pairing-cartagena-malaga',
    [
      {
        id: '0d3ab6b1-4f0e-4f6e-8f4e-0a3f8b1c2d3e',
        type: 'PairingFormed',
        data: { component: 'C1', call: 'c1-2017', callOpenedOn: '2017-03-01', rules: 'iuc-lac-2017@1', sides },
        metadata: {
          ...{ occurredOn: '2017-06-20', actor: 'c0a1f0de-0000-4000-8000-000000000001', roles: ['programme-officer'] },
          ...{ commandId: 'c0a1f0de-0000-4000-8000-000000000002', commandHash: 'none', correlationId: 'test' },
        },
      },
    ],
    'none',
  );
};
