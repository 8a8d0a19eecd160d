import type { Socket } from 'node:net';
import { hostileAnswers } from './hostile-answers';
import { saying } from './receivers';
import { alarms, fixedNow, sendOnce } from './sending';

describe('a receiver that says', () => {
  it.each(hostileAnswers.map((each) => [each.what, each] as const))('%s', async (_, { says, ends, comesTo }) => {
    const receiver = await saying((socket) => {
      if (typeof says === 'function') says(socket);
      else if (ends) socket.end(says);
      else socket.write(says);
    });
    const isEndless = 'code' in comesTo && comesTo.code === 'TIMED_OUT';
    const outcome = await sendOnce(`http://hooks.localhost:${receiver.port}/hook`, isEndless ? { timeout: 100 } : {});
    expect(outcome).toMatchObject(comesTo);
    if ('headers' in comesTo) expect(outcome).toHaveProperty('headers', comesTo.headers);
    await receiver.close();
    expect(receiver.connections()).toBe(1);
  });

  it('nothing at all is waited for until the time is over', async () => {
    const { alarm, ring, set } = alarms();
    const receiver = await saying(() => ring(15_000));
    expect(await sendOnce(`http://localhost:${receiver.port}/`, { alarm, now: fixedNow })).toEqual({
      is: 'failure',
      code: 'TIMED_OUT',
      detail: 'no answer within 15000 ms',
      ms: 0,
    });
    expect(set.size).toBe(0);
    await receiver.close();
  });

  /** One byte after the other; the time is over once `rest` of them were said after the head. */
  const dripping = (head: string, rest: number, ring: () => void) => (socket: Socket) => {
    let said = 0;
    const next = () => {
      if (socket.destroyed) return;
      socket.write(head[said] ?? 'a');
      said += 1;
      if (said === head.length + rest) ring();
      setImmediate(next);
    };
    next();
  };

  it('its status one byte at a time is cut off', async () => {
    const { alarm, ring } = alarms();
    const receiver = await saying(dripping('HTTP/1.1 200 OK\r\nX-Slow: ', 99, () => ring(15_000)));
    expect(await sendOnce(`http://localhost:${receiver.port}/`, { alarm })).toMatchObject({ is: 'failure', code: 'TIMED_OUT' });
    await receiver.close();
  });

  it('its body one byte at a time has answered, and is cut off', async () => {
    const { alarm, ring } = alarms();
    const receiver = await saying(dripping('HTTP/1.1 202 OK\r\nContent-Length: 9999\r\n\r\n', 99, () => ring(15_000)));
    const outcome = await sendOnce(`http://localhost:${receiver.port}/`, { alarm });
    expect(outcome).toMatchObject({ is: 'answer', status: 202, truncated: true });
    expect((outcome as { excerpt: string }).excerpt).toMatch(/^a{1,99}$/);
    await receiver.close();
  });

  it('something by TLS that is no TLS, or nothing, is not secure', async () => {
    const { alarm, ring } = alarms();
    const plain = await saying((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    expect(await sendOnce(`https://127.0.0.1:${plain.port}/`)).toMatchObject({ code: 'TLS' });
    await plain.close();
    const silent = await saying(() => ring(5_000));
    expect(await sendOnce(`https://127.0.0.1:${silent.port}/`, { alarm })).toMatchObject({ code: 'TLS' });
    await silent.close();
  });
});
