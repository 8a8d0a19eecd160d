import { ImportOrder } from './import-order';

describe('the order of an import', () => {
  const begun: string[] = [];
  const line = (name: string) => async () => {
    begun.push(name);
    await Promise.resolve();
    begun.push(`${name} done`);
  };
  beforeEach(() => (begun.length = 0));

  it('lets lines of one stream come after each other, and each after those that write what it reads', async () => {
    const order = new ImportOrder();
    await Promise.all([
      order.after('call', [], line('open')),
      order.after('one', ['call'], line('one')),
      order.after('two', ['call', 'call', 'two'], line('two')),
      order.after('call', [], line('close')),
      order.after('three', ['call'], line('three')),
    ]);
    expect(begun).toEqual(['open', 'open done', 'one', 'two', 'one done', 'two done', 'close', 'close done', 'three', 'three done']);
  });
  it('holds nothing of lines that are done', async () => {
    const order = new ImportOrder();
    for (let i = 0; i < 100; i += 1) {
      const running = [0, 1, 2].map((n) => order.after(`application ${i} ${n}`, ['call', 'party'], line('submit')));
      expect(order.busy).toBe(5);
      await Promise.all(running);
    }
    await order.after('call', ['party'], line('close'));
    expect(order.busy).toBe(0);
  });
});
