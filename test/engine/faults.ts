import type { Pool, PoolClient } from 'pg';
import type { EventStore } from '../../src/store/port';

/** What may happen to a call: it is made, or not; it is answered, or not; or it takes a while. */
export type Fate = <Result>(call: () => Promise<Result>, lose: () => void) => Promise<Result>;

export const lost = () => Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' });

/** A fault at the n-th call, before it is made or once it took effect; all others are made. */
export class Fault {
  calls = 0;

  constructor(
    private readonly at: number,
    private readonly when: 'before' | 'after',
  ) {}

  readonly fate: Fate = async (call, lose) => {
    this.calls += 1;
    if (this.calls !== this.at) return call();
    if (this.when === 'after') await call();
    lose();
    throw lost();
  };
  get isPast(): boolean {
    return this.calls >= this.at;
  }
  /** Whether there were fewer calls than that. */
  get isOver(): boolean {
    return this.calls < this.at;
  }
}

const ofStore = new Set(['append', 'read', 'readAll', 'head', 'countAfter', 'epoch']);

/** A store every call of which has its fate. */
export const storeUnder = (store: EventStore, fate: Fate): EventStore =>
  new Proxy(store, {
    get: (_, name) => {
      const found = Reflect.get(store, name) as unknown;
      if (typeof found !== 'function') return found;
      const call = (...given: readonly unknown[]) => Reflect.apply(found, store, given) as unknown;
      if (name === 'subscribe') return (...given: readonly unknown[]) => subscribed(() => call(...given) as AsyncIterable<unknown>, fate);
      return ofStore.has(String(name)) ? (...given: readonly unknown[]) => fate(() => call(...given) as Promise<unknown>, nothing) : call;
    },
  });
const nothing = () => undefined;
const asked = (of: object, name: string, given: readonly unknown[]) =>
  Reflect.apply(Reflect.get(of, name) as () => Promise<unknown>, of, given) as Promise<unknown>;

async function* subscribed(begin: () => AsyncIterable<unknown>, fate: Fate): AsyncIterable<unknown> {
  const deliveries = begin()[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await fate(() => deliveries.next(), nothing);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await deliveries.return?.();
  }
}

/** Connections every query of which has its fate; one that was lost answers nothing more, and the server ends what it was at. */
export const poolUnder = (pool: Pool, fate: Fate): Pool =>
  new Proxy(pool, {
    get: (_, name) => {
      if (name === 'query') return (...given: readonly unknown[]) => fate(() => asked(pool, 'query', given), nothing);
      if (name === 'connect') return () => connected(pool, fate);
      const found = Reflect.get(pool, name) as unknown;
      return typeof found === 'function' ? (...given: readonly unknown[]) => Reflect.apply(found, pool, given) as unknown : found;
    },
  });

const connected = (pool: Pool, fate: Fate): Promise<PoolClient> => {
  let made: PoolClient | undefined;
  return fate(
    async () => clientUnder((made = await pool.connect()), fate),
    () => made?.release(true),
  );
};

const clientUnder = (client: PoolClient, fate: Fate): PoolClient => {
  let dead = false;
  return new Proxy(client, {
    get: (_, name) => {
      if (name === 'query')
        return (...given: readonly unknown[]) =>
          dead
            ? Promise.reject(lost())
            : fate(
                () => asked(client, 'query', given),
                () => (dead = true),
              );
      if (name === 'release') return (error?: Error) => client.release(dead || error);
      const found = Reflect.get(client, name) as unknown;
      return typeof found === 'function' ? (...given: readonly unknown[]) => Reflect.apply(found, client, given) as unknown : found;
    },
  });
};
