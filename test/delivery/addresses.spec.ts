import { problemWithUrl } from '../../src/kernel/endpoint-addresses';
import type { EgressOptions } from '../../src/delivery/egress';
import { parse } from '../../src/engine/parse';
import type { Malformed } from '../../src/engine/refused';
import type { TextRef } from '../../src/kernel/fields';
import { EndpointUrl } from '../../src/kernel/fields-endpoints';
import { hostileLookups, hostileUrls } from './hostile';
import { hostileAnswers } from './hostile-answers';
import { proxyTo } from './receivers';
import { alarms, fixedNow, sendOnce } from './sending';

describe('the address of an endpoint', () => {
  it('has more than 200 ways to be wrong', () =>
    expect(hostileUrls.length + hostileAnswers.length + hostileLookups.length).toBeGreaterThan(200));

  it.each(hostileUrls.map((each) => [each.url.slice(0, 120), each] as const))('%j', async (_, { url, abroad, atHome }) => {
    expect([problemWithUrl(url, { loopback: false }), problemWithUrl(url, { loopback: true })]).toEqual([abroad, atHome]);
    if (abroad) {
      const lookup = () => Promise.reject(new Error('looked up all the same'));
      expect(await sendOnce(url, { loopback: false, lookup, now: fixedNow })).toEqual({
        is: 'failure',
        code: abroad,
        detail: 'the address is not one that is sent to',
        ms: 0,
      });
    }
  });

  it('is judged alike however often it is', () => {
    const judged = new Set(Array.from({ length: 50_000 }, () => problemWithUrl('https://españa.example.org/ñ', { loopback: false })));
    expect([...judged]).toEqual([undefined]);
  });

  it('is taken from whoever subscribes only where it can ever be sent to', () => {
    class Form {
      @EndpointUrl('Where to') endpoint!: TextRef;
    }
    const isTaken = (endpoint: string) => {
      try {
        parse(Form, { endpoint });
        return true;
      } catch (error) {
        expect((error as Malformed).fields).toMatchObject([{ path: 'endpoint' }]);
        return false;
      }
    };
    expect(hostileUrls.filter(({ url, atHome }) => isTaken(url) === (atHome !== undefined))).toEqual([]);
  });

  it('is asked for where a name leads to at every attempt, and all of it must be public', async () => {
    const proxy = await proxyTo({ status: 502 });
    for (const [what, addresses, comesTo] of hostileLookups) {
      const before = proxy.asked.length;
      const outcome = await sendOnce('https://hooks.example.org/', {
        loopback: false,
        lookup: () => Promise.resolve(addresses),
        proxy: `http://127.0.0.1:${proxy.port}`,
      });
      expect([what, outcome]).toMatchObject([what, { is: 'failure', code: comesTo ?? 'PROXY' }]);
      expect([what, proxy.asked.length - before]).toEqual([what, comesTo ? 0 : addresses.length]);
      if (comesTo) for (const each of addresses) expect(each !== '' && (outcome as { detail: string }).detail.includes(each)).toBe(false);
    }
    await proxy.close();
  });

  it('by http is this machine wherever it leads', async () => {
    for (const address of ['93.184.215.14', '10.0.0.1', '::ffff:127.0.0.1'])
      expect(await sendOnce('http://hooks.localhost/', { lookup: () => Promise.resolve(['127.0.0.1', address]) })).toMatchObject({
        code: 'NOT_PUBLIC',
      });
  });

  it.each<[string, EgressOptions['lookup']]>([
    ['that there is not', () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))],
    ['that nobody can be asked for', () => Promise.reject(Object.assign(new Error('x'), { code: 'EAI_AGAIN' }))],
    [
      'whose look-up throws',
      () => {
        throw new TypeError('x');
      },
    ],
  ])('of a name %s is not found', async (_, lookup) =>
    expect(await sendOnce('https://hooks.example.org/', { lookup })).toMatchObject({ is: 'failure', code: 'NO_SUCH_HOST' }),
  );

  it('that is looked up for ever is given up', async () => {
    const { alarm, ring, set } = alarms();
    const lookup = () => {
      queueMicrotask(() => ring(15_000));
      return new Promise<never>(() => undefined);
    };
    expect(await sendOnce('https://hooks.example.org/', { lookup, alarm })).toMatchObject({ code: 'TIMED_OUT' });
    expect(set.size).toBe(0);
  });
});
