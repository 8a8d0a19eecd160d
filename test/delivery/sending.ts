import type { Alarm } from '../../src/delivery/connections';
import { Egress, type EgressOptions } from '../../src/delivery/egress';

export const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":"ação"}' } as const;
export const home = () => Promise.resolve(['127.0.0.1']);
export const fixedNow = () => 0;

/** Sends by an egress of its own, and sees that nothing of it stays. */
export const sendOnce = async (url: string, options: Partial<EgressOptions> = {}) => {
  const egress = new Egress({ loopback: true, lookup: home, ...options });
  const outcome = await egress.send({ ...post, url });
  await egress.close();
  expect(egress.open).toBe(0);
  return outcome;
};

/** Alarms that ring when the test says so. */
export const alarms = () => {
  const set = new Set<{ readonly ms: number; readonly ring: () => void }>();
  const alarm: Alarm = (ms, ring) => {
    const each = { ms, ring };
    set.add(each);
    return () => set.delete(each);
  };
  return { alarm, ring: (ms: number) => [...set].filter((each) => each.ms === ms).forEach((each) => each.ring()), set };
};
