import { Histories } from '../../src/engine/runner-histories';
import { pairing } from '../../src/lifecycles/pairing';
import { MemoryStore } from '../../src/store/memory';
import type { Reading, Recorded } from '../../src/store/port';
import { formed, oneMission, record } from '../reading/recording';

/** Counts what is read of it, and keeps its answers to itself while it is told to. */
class WatchedStore extends MemoryStore {
  reads = 0;
  private held = Promise.resolve();

  override async read(stream: string, reading?: Reading): Promise<readonly Recorded[]> {
    this.reads += 1;
    const answer = await super.read(stream, reading);
    await this.held;
    return answer;
  }
  /** @returns what lets the answers go */
  holdAnswers(): () => void {
    let letGo: () => void = () => undefined;
    this.held = new Promise((resolve) => (letGo = resolve));
    return letGo;
  }
}

let store: WatchedStore;
beforeEach(() => (store = new WatchedStore({ now: () => new Date('2021-01-01T12:00:00Z') })));
const histories = (most?: number) => new Histories(store, [pairing], most);
const recorded = async (stream: string, facts = oneMission, has = 0) => {
  const before = await store.head();
  await record(store, stream, facts, has);
  return store.readAll(before, facts.length);
};

describe('the histories that read models share', () => {
  it('are not read from the store where their events come from the first on', async () => {
    const { history } = await histories().touched('pairing-a', await recorded('pairing-a'));
    expect(history.map(({ type }) => type)).toEqual(oneMission.map(([type]) => type));
    expect(store.reads).toBe(0);
  });

  it('are read once for all of them', async () => {
    const events = await recorded('pairing-a');
    const shared = histories();
    for (const each of [3, 4, 4]) expect((await shared.touched('pairing-a', [events[each]!])).history).toHaveLength(each + 1);
    expect(store.reads).toBe(1);
  });

  it('end for each read model at the events that it has come to, however far another is', async () => {
    const events = await recorded('pairing-a');
    const shared = histories();
    await shared.touched('pairing-a', events);
    const { history, recorded: whole, standing } = await shared.touched('pairing-a', [events[1]!]);
    for (const each of [history, whole, standing]) expect(each).toHaveLength(2);
  });

  it('stay as far as the one ahead read them, when a slower answer comes to another', async () => {
    const begun = await recorded('pairing-a', oneMission.slice(0, 2));
    const shared = histories();
    const answer = store.holdAnswers();
    const slower = shared.touched('pairing-a', begun.slice(1));
    const later = await recorded('pairing-a', oneMission, 2);
    await shared.touched('pairing-a', [...begun, ...later]);
    answer();
    expect((await slower).history).toHaveLength(2);
    expect((await shared.touched('pairing-a', [later.at(-1)!])).history).toHaveLength(oneMission.length);
    expect(store.reads).toBe(1);
  });

  it('go when they are too many, the longest unused first', async () => {
    const shared = histories(2 * oneMission.length);
    const last = new Map<string, Recorded>();
    for (const stream of ['pairing-a', 'pairing-b']) {
      const events = await recorded(stream);
      last.set(stream, events.at(-1)!);
      await shared.touched(stream, events);
    }
    const again = async (stream: string) => {
      const before = store.reads;
      await shared.touched(stream, [last.get(stream)!]);
      return store.reads - before;
    };
    expect(await again('pairing-a')).toBe(0);
    await shared.touched('pairing-c', await recorded('pairing-c', formed));
    expect(await again('pairing-a')).toBe(0);
    expect(await again('pairing-b')).toBe(1);
  });

  it('keep the one in use, also where it alone is too long', async () => {
    const events = await recorded('pairing-a');
    const shared = histories(1);
    await shared.touched('pairing-a', events);
    await shared.touched('pairing-a', [events.at(-1)!]);
    expect(store.reads).toBe(0);
  });

  it('are not made up where the store has fewer events than were read before', async () => {
    const events = await recorded('pairing-a');
    store = new WatchedStore({ now: () => new Date('2021-01-01T12:00:00Z') });
    await record(store, 'pairing-a', formed);
    await expect(histories().touched('pairing-a', [events.at(-1)!])).rejects.toThrow(
      'pairing-a has 1 events, though its revision 4 was read before',
    );
  });
});
