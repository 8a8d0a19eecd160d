import { rulesIn } from '../../src/engine/published-rules';
import { type Held, Streams } from '../../src/engine/streams';
import { party } from '../../src/lifecycles/party';
import { MemoryStore } from '../../src/store/memory';
import type { NewEvent, Recorded } from '../../src/store/port';

const event = (n: number, type: string, data: NewEvent['data'], commandId: string): NewEvent => ({
  id: `5b0d9f0a-3a77-4c1c-8d0c-0b8a1a7e2c${n}`,
  type,
  data,
  metadata: {
    occurredOn: '2017',
    actor: 'officer',
    roles: ['programme-officer'],
    commandId,
    commandHash: 'hash',
    correlationId: 'test',
  },
});
const registered = event(10, 'PartyRegistered', { name: 'Málaga', kind: 'city', countries: ['ES'] }, 'register');
const aliases = ['Malaca', 'Mālaqah'].map((alias, i) => event(11 + i, 'PartyAliasAdded', { alias }, 'add'));
const last = event(13, 'PartyAliasAdded', { alias: 'Málaga la Bella' }, 'last');

let store: MemoryStore;
let streams: Streams;
let held: Held;
beforeEach(async () => {
  store = new MemoryStore({ now: () => new Date('2021-01-01T12:00:00Z') });
  streams = new Streams(store, rulesIn(store));
  await store.append('party-malaga', [registered], 'none');
  held = await streams.hold(party, 'malaga');
});
const revisions = ({ done }: Held, commandId = 'add') => done.get(commandId)?.events.map(({ revision }) => revision);

describe('a stream that several commands look at in one process', () => {
  it('takes in each event once when it is read twice at once', async () => {
    await store.append('party-malaga', aliases, 0);
    const both = await Promise.all([streams.refresh(party, 'malaga'), streams.refresh(party, 'malaga')]);
    for (const each of both) expect([each.folded.revision, revisions(each)]).toEqual([2, [1, 2]]);
  });

  it.each(['before', 'beside', 'after'])('takes in each event once when it is read %s being told what was appended', async (when) => {
    const appended = await store.append('party-malaga', aliases, 0);
    if (when === 'before') await streams.refresh(party, 'malaga');
    const grown = streams.grow(party, 'malaga', held, aliases, appended);
    if (when === 'after') await grown;
    await Promise.all([grown, streams.refresh(party, 'malaga')]);
    expect(revisions(await streams.hold(party, 'malaga'))).toEqual([1, 2]);
  });

  it('does not fall back when it is told late what was appended', async () => {
    const appended = await store.append('party-malaga', aliases, 0);
    await store.append('party-malaga', [last], 2);
    await streams.refresh(party, 'malaga');
    await streams.grow(party, 'malaga', held, aliases, appended);
    const now = await streams.hold(party, 'malaga');
    expect([now.folded.revision, revisions(now), revisions(now, 'last')]).toEqual([3, [1, 2], [3]]);
  });

  it('is read once for all who ask before that begins, and again for who asks later', async () => {
    const reads = jest.spyOn(store, 'read');
    const asked = Array.from({ length: 20 }, () => streams.refresh(party, 'malaga'));
    await Promise.all(asked);
    expect(reads).toHaveBeenCalledTimes(1);
    let begun: Promise<Held> | undefined;
    reads.mockImplementationOnce(async (...what) => {
      const found = await MemoryStore.prototype.read.apply(store, what);
      await store.append('party-malaga', aliases, 0);
      begun = streams.refresh(party, 'malaga');
      return found;
    });
    expect((await streams.refresh(party, 'malaga')).folded.revision).toBe(0);
    expect((await begun!).folded.revision).toBe(2);
    reads.mockRestore();
  });

  it('is read again after a reading that failed', async () => {
    await store.append('party-malaga', aliases, 0);
    const broken = jest.spyOn(store, 'read').mockRejectedValueOnce(new Error('gone'));
    await expect(streams.refresh(party, 'malaga')).rejects.toThrow('gone');
    broken.mockRestore();
    expect(revisions(await streams.refresh(party, 'malaga'))).toEqual([1, 2]);
  });
});

describe('a process that hears every event as it comes', () => {
  const hear = async (from: number) => {
    for (const each of await store.read('party-malaga', { from })) streams.heard(each);
  };
  const heard = () => streams.look(party, 'malaga', 'heard');
  const until = async (revision: number) => {
    while ((await heard()).folded.revision < revision) await new Promise(setImmediate);
  };
  beforeEach(() => streams.caughtUp());

  it('reads nothing again of what it has read since it hears them', async () => {
    await heard();
    const reads = jest.spyOn(store, 'read');
    expect((await heard()).folded.revision).toBe(0);
    expect(reads).not.toHaveBeenCalled();
    await streams.look(party, 'malaga', 'stored');
    expect(reads).toHaveBeenCalledTimes(1);
  });

  it('knows what others appended once it has heard of it, and each event once', async () => {
    await heard();
    await store.append('party-malaga', aliases, 0);
    expect((await heard()).folded.revision).toBe(0);
    await hear(1);
    await hear(1);
    await until(2);
    expect(revisions(await heard())).toEqual([1, 2]);
  });

  it('reads again what it had read before, and everything after a break', async () => {
    await store.append('party-malaga', aliases, 0);
    expect((await heard()).folded.revision).toBe(2);
    await store.append('party-malaga', [last], 2);
    streams.lost();
    expect([streams.follows, (await heard()).folded.revision]).toEqual([false, 3]);
    await store.append('party-malaga', [event(14, 'PartyAliasAdded', { alias: 'Malaka' }, 'more')], 3);
    streams.caughtUp();
    expect([streams.follows, (await heard()).folded.revision]).toEqual([true, 4]);
  });

  it('reads again a stream of which it missed an event, or in which something was corrected', async () => {
    await heard();
    await store.append('party-malaga', aliases, 0);
    await hear(2);
    expect((await heard()).folded.revision).toBe(2);
    const retraction = event(15, 'FactRetracted', { revision: 1, type: 'PartyAliasAdded', authority: 'malaga' }, 'retract');
    await store.append('party-malaga', [retraction], 2);
    await hear(3);
    const now = await heard();
    expect([now.folded.revision, [...now.gone]]).toEqual([3, [1]]);
  });

  it('hears of an event while it reads the stream without it', async () => {
    const read = jest.spyOn(store, 'read').mockImplementationOnce(async (...what) => {
      const found: readonly Recorded[] = await MemoryStore.prototype.read.apply(store, what);
      await store.append('party-malaga', aliases, 0);
      await hear(1);
      return found;
    });
    expect((await heard()).folded.revision).toBe(0);
    await until(2);
    expect([revisions(await heard()), read.mock.calls.length]).toEqual([[1, 2], 2]);
    read.mockRestore();
  });
});
