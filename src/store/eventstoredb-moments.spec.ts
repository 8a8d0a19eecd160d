import { Moments } from './eventstoredb-moments';

describe('times of recording', () => {
  let now = Date.parse('2024-05-02T10:00:00.000Z');
  const clock = () => now;
  const at = (iso: string) => (now = Date.parse(iso));
  beforeEach(() => at('2024-05-02T10:00:00.000Z'));

  it('are one for appends that are under way together, because only the server orders those', async () => {
    const moments = new Moments(clock);
    const first = await moments.take();
    at('2024-05-02T10:00:00.020Z');
    const second = await moments.take();
    expect([first.at, second.at]).toEqual(['2024-05-02T10:00:00.000Z', '2024-05-02T10:00:00.000Z']);
    first.done();
    second.done();
    expect((await moments.take()).at).toBe('2024-05-02T10:00:00.020Z');
  });

  it('come later only when all of the moment before were answered', async () => {
    const moments = new Moments(clock, 50);
    const [first, second] = [await moments.take(), await moments.take()];
    at('2024-05-02T10:00:00.100Z');
    let given = false;
    const third = moments.take().then((moment) => ((given = true), moment));
    first.done();
    await Promise.resolve();
    expect(given).toBe(false);
    second.done();
    expect((await third).at).toBe('2024-05-02T10:00:00.100Z');
  });

  it('wait for an append that is not answered for as long as that waits itself', async () => {
    const moments = new Moments(clock);
    const silent = await moments.take();
    at('2024-05-02T10:00:11.000Z');
    const others = [moments.take(), moments.take()];
    silent.done();
    expect((await Promise.all(others)).map((each) => each.at)).toEqual(['2024-05-02T10:00:11.000Z', '2024-05-02T10:00:11.000Z']);
  });

  it('stand still when the clock goes back', async () => {
    const moments = new Moments(clock);
    (await moments.take()).done();
    at('2024-05-02T09:00:00.000Z');
    expect((await moments.take()).at).toBe('2024-05-02T10:00:00.000Z');
  });

  it('are never below what another process has recorded and this one has seen', async () => {
    const moments = new Moments(clock);
    const under = await moments.take();
    moments.saw('2024-05-02T10:00:01.234Z');
    const next = moments.take();
    under.done();
    expect((await next).at).toBe('2024-05-02T10:00:01.234Z');
  });
});
