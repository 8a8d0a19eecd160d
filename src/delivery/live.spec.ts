import { timing } from '../puente';
import { MemoryStore } from '../store/memory';
import { Live } from './live';

describe('what is recorded, as it is recorded', () => {
  afterEach(() => jest.useRealTimers());

  it('leaves nothing behind where it ends while somebody listens', () => {
    jest.useFakeTimers();
    const live = new Live(new MemoryStore({ now: () => new Date() }), timing, () => undefined);
    let ended = false;
    live.news.subscribe({ complete: () => (ended = true) });
    live.close();
    expect(ended).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is told to nobody who asks after its end', () => {
    const live = new Live(new MemoryStore({ now: () => new Date() }), timing, () => undefined);
    live.close();
    let ended = false;
    live.news.subscribe({ complete: () => (ended = true) });
    expect(ended).toBe(true);
  });
});
