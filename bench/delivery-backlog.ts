import type { DeliveryPart } from './delivery';
import { house, latencies, paced, receiver, until, within } from './delivery-receiving';
import { atLeast, atMost, bounded, inTurns, median, ratio } from './measure';
import { fill } from './workload';

const events = 100_000;
const streams = 2_000;
/** The rate is told by parts of the whole. */
const parts = 10;

/** What waited is sent by one sender to one endpoint, whose receiver is a process of its own. */
export const backlog: DeliveryPart = async (server, log, { scale }) => {
  const passes = Math.max(1, Math.round((events * scale) / streams));
  const all = streams * passes;
  const [receiving, { store, subscribe, send, close }] = [await receiver(), await house(server, 'backlog')];
  await fill(store, { streams, passes, each: 1 });
  await subscribe('portal', `http://127.0.0.1:${receiving.port}/hook`);
  const seen = new Set<string>();
  const marks: number[] = [];
  const each = Math.floor(all / parts);
  receiving.hear = ([, name, at]) => {
    seen.add(name);
    if (seen.size === 1 || seen.size === Math.max(2, marks.length * each)) marks.push(at);
  };
  const sending = send();
  const cpu = process.cpuUsage();
  try {
    await until(() => seen.size === all, 'everything arrived', 1_000_000);
    const { user, system } = process.cpuUsage(cpu);
    const rates = marks.slice(1).map((at, i) => each / ((at - marks[i]!) / 1000));
    const seconds = (marks.at(-1)! - marks[0]!) / 1000;
    log(`${all} events in ${seconds.toFixed(1)} s, of which this process was busy ${((user + system) / 1e6).toFixed(1)} s`);
    return {
      ratios: [bounded('events/s by webhook of a backlog, one endpoint', rates, atLeast(1_000))],
      figures: [
        { name: `${all} events by webhook`, value: Number(seconds.toFixed(1)), unit: 's' },
        { name: 'of which the process of the sender was busy', value: Number(((user + system) / 1e6).toFixed(1)), unit: 's' },
      ],
    };
  } finally {
    for (const error of sending.errors) log(String(error));
    await sending.stop();
    receiving.close();
    await close();
  }
};

const healthy = 4;

/**
 * Endpoints that take everything, beside a fifth: that takes everything as they do, that refuses, and that never answers, as if it had just
 * come to be so. What the dead one changes is told against the fifth alive; that there is a fifth costs too, and is told by itself.
 */
export const dead: DeliveryPart = async (server, log, { rounds, seconds }) => {
  const perSecond = 50;
  const receiving = await receiver();
  let came = new Map<string, number>();
  receiving.hear = ([path, name, at]) => void came.set(`${path} ${name}`, at);
  const contestant = async (name: string, fifth?: string) => {
    const { pool, store, subscribe, send, close } = await house(server, `beside_${name}`);
    const paths = Array.from({ length: healthy }, (_, nth) => `/hook/${name}/${nth}`);
    for (const [nth, path] of paths.entries()) await subscribe(`portal-${nth}`, `http://127.0.0.1:${receiving.port}${path}`);
    if (fifth !== undefined) await subscribe('fifth', fifth);
    const sent = async (ms: number) => {
      came = new Map();
      const durable = await paced(store, perSecond, ms);
      const expected = [...durable.keys()].flatMap((event) => paths.map((path) => `${path} ${event}`));
      await until(() => expected.every((each) => came.has(each)), 'every event arrived at the healthy');
      return durable;
    };
    const run = async () => {
      const sending = send();
      try {
        // How a sender begins is not what is compared.
        await sent(500);
        await pool.query(
          `update delivery.progress set failures = 0, failing_since = null, rest_until = '-infinity' where subscription = 'fifth'`,
        );
        await pool.query(`update delivery.waiting set again_at = '-infinity', attempts = 0 where subscription = 'fifth'`);
        const durable = await sent(seconds * 4 * 1000);
        const byPath = paths.flatMap((path) =>
          latencies(durable, new Map([...durable.keys()].map((event) => [event, came.get(`${path} ${event}`)!]))),
        );
        return within(
          byPath.toSorted((one, other) => one - other),
          0.99,
        );
      } finally {
        for (const error of sending.errors) log(String(error));
        await sending.stop();
      }
    };
    return { run, close };
  };
  const contestants = {
    none: await contestant('none'),
    alive: await contestant('alive', `http://127.0.0.1:${receiving.port}/hook/fifth`),
    refusing: await contestant('refusing', `http://127.0.0.1:${receiving.refusing}/refuse`),
    hanging: await contestant('hanging', `http://127.0.0.1:${receiving.port}/hang`),
  };
  try {
    const { none, alive, refusing, hanging } = contestants;
    const of = await inTurns(rounds, { none: none.run, alive: alive.run, refusing: refusing.run, hanging: hanging.run }, (round, given) =>
      log(
        `round ${round}: p99 of four ${given.none.toFixed(1)} ms, beside a fifth that takes all ${given.alive.toFixed(1)}, that refuses ${given.refusing.toFixed(1)}, that hangs ${given.hanging.toFixed(1)}`,
      ),
    );
    const beside = (what: string) => `p99 of ${healthy} endpoints beside one that ${what}`;
    return {
      ratios: [
        ratio(`${beside('refuses')} ÷ beside it alive`, of.refusing, of.alive, atMost(1.1)),
        ratio(`${beside('hangs')} ÷ beside it alive`, of.hanging, of.alive, atMost(1.1)),
        ratio(`${beside('refuses')} ÷ without it`, of.refusing, of.none),
        ratio(`${beside('hangs')} ÷ without it`, of.hanging, of.none),
      ],
      figures: [{ name: `p99 of ${healthy} endpoints without a fifth`, value: Number(median(of.none).toFixed(1)), unit: 'ms' }],
    };
  } finally {
    for (const each of Object.values(contestants)) await each.close();
    receiving.close();
  }
};
