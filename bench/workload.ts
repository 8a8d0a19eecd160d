import { randomBytes, randomUUID } from 'node:crypto';
import type { EventStore, NewEvent } from '../src/store/port';

/** Events that a stream gets before the next begins: pairings have tens. */
const life = 20;

const actor = randomUUID();
const correlationId = randomUUID();
const commandHash = randomBytes(32).toString('hex');

/** An event as `EngageActor` records it, data and metadata about 600 bytes: no two are the same. */
export const newEvent = (): NewEvent => {
  const commandId = randomUUID();
  return {
    id: randomUUID(),
    type: 'ActorEngaged',
    data: { actor: `actor-${commandId.slice(0, 8)}`, sector: 'private', side: 'european' },
    metadata: {
      occurredOn: '2017-10',
      actor,
      roles: ['programme-officer'],
      commandId,
      commandHash,
      correlationId,
      rules: 'benchmark@1',
      dimensions: { component: 'C1', call: 'benchmark', sides: 'european,latin-american', countries: 'ES,CO', themes: 'housing,mobility' },
    },
  };
};

/** Where a caller's next event goes: to a stream of its own, at the revision it stands at; now and then a new one is born. */
export interface Place {
  readonly stream: string;
  readonly revision: number;
}
export const places = (): ((caller: number) => Place) => {
  const standing: { stream: string; revision: number }[] = [];
  return (caller) => {
    const known = standing[caller];
    const place =
      !known || known.revision + 1 === life
        ? { stream: `pairing-${randomUUID()}`, revision: 0 }
        : { ...known, revision: known.revision + 1 };
    standing[caller] = place;
    return place;
  };
};

/** As many streams, each growing by so many events in each pass; gives their names. */
export const fill = async (
  store: Pick<EventStore, 'append'>,
  { streams, passes, each }: { readonly streams: number; readonly passes: number; readonly each: number },
): Promise<readonly string[]> => {
  const names = Array.from({ length: streams }, () => `pairing-${randomUUID()}`);
  for (let pass = 0; pass < passes; pass += 1) {
    let next = 0;
    const append = async () => {
      for (let name = names[next]; name !== undefined; name = names[next]) {
        next += 1;
        await store.append(name, Array.from({ length: each }, newEvent), pass === 0 ? 'none' : pass * each - 1);
      }
    };
    await Promise.all(Array.from({ length: 128 }, append));
  }
  return names;
};
