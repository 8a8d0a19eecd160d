import { MemoryStore } from '../../src/store/memory';
import { OverlayStore } from '../../src/store/overlay';
import { Unavailable, WrongRevision } from '../../src/store/port';
import { event, events, take } from './events';

describe('trying without recording', () => {
  const now = () => new Date('2024-05-06T07:08:09.010Z');
  const open = async () => {
    const base = new MemoryStore({ now });
    await base.append('pairing-a', events(2, 'Old'), 'none');
    await base.append('call-b', [event('Old')], 'none');
    return { base, overlay: new OverlayStore(base, now) };
  };

  it('shows what would stand, and leaves what stands as it is', async () => {
    const { base, overlay } = await open();
    expect(await overlay.append('pairing-a', [event('New')], 1)).toMatchObject({ revision: 2, position: 4n });
    expect((await overlay.read('pairing-a')).map((e) => `${e.type} ${e.revision}`)).toEqual(['Old 0', 'Old 1', 'New 2']);
    expect((await overlay.read('pairing-a', { from: 1, limit: 1 })).map((e) => e.revision)).toEqual([1]);
    expect(await base.read('pairing-a')).toHaveLength(2);
    expect([await overlay.head(), await base.head()]).toEqual([4n, 3n]);
    expect(await overlay.epoch()).toBe(await base.epoch());
  });

  it('holds appends to the same expectations as the base', async () => {
    const { overlay } = await open();
    const born = events(2);
    await expect(overlay.append('pairing-a', [event()], 'none')).rejects.toThrow(WrongRevision);
    await expect(overlay.append('pairing-c', [event()], 0)).rejects.toThrow(WrongRevision);
    const first = await overlay.append('pairing-c', born, 'none');
    expect(await overlay.append('pairing-c', born, 'none')).toEqual(first);
    const rivals = await Promise.allSettled([1, 2, 3].map(() => overlay.append('pairing-a', [event()], 1)));
    expect(rivals.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('reads everything, the base first, and counts it', async () => {
    const { overlay } = await open();
    await overlay.append('call-b', [event('New')], 0);
    const types = async (after: bigint, limit: number, kinds?: string[]) =>
      (await overlay.readAll(after, limit, kinds && { kinds })).map((e) => `${e.type} ${e.position}`);
    expect(await types(0n, 10)).toEqual(['Old 1', 'Old 2', 'Old 3', 'New 4']);
    expect(await types(1n, 2)).toEqual(['Old 2', 'Old 3']);
    expect(await types(0n, 10, ['call'])).toEqual(['Old 3', 'New 4']);
    expect([await overlay.countAfter(0n), await overlay.countAfter(3n), await overlay.countAfter(0n, { types: ['New'] })]).toEqual([
      4, 1, 1,
    ]);
  });

  it('has no subscriptions', async () => {
    const { overlay } = await open();
    await expect(take(overlay.subscribe(), () => true)).rejects.toThrow(Unavailable);
  });
});
