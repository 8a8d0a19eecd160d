import { Compiled } from '../cluster/compiled';
import { seeded } from '../vault/seeded';
import { Spares } from './processes';
import { type Deed, deeds, Round } from './round';
import { KilledServer } from './server';
import type { Written } from './writing';

export interface KillLoop {
  readonly cycles: number;
  readonly seed: string;
  /** Cycles after which everything is checked, and begun anew on an empty database (10). */
  readonly each?: number;
  /** Milliseconds of a lease (1,000). */
  readonly leaseLife?: number;
  readonly log?: (line: string) => void;
}
export interface Killed {
  readonly cycles: number;
  /** Cycles in which an append had begun and was not answered when the blow fell. */
  readonly underWay: number;
  readonly deeds: Readonly<Record<Deed, number>>;
  readonly events: number;
  /** Streams that were set aside, since whoever tried them was killed just then, and taken in when they were tried again. */
  readonly setAside: number;
  /** What was lost, doubled, out of order or different; one sentence each. */
  readonly failures: readonly string[];
}

/**
 * Kills and freezes writers, projectors and PostgreSQL at moments that follow from the seed and from how fast appends come, and judges
 * afterwards that every acknowledged event is there once and in order, that subscribers heard each once, and that every read model equals
 * one that was made from nothing.
 */
export async function killLoop({ cycles, seed, each = 10, leaseLife = 1_000, log = () => undefined }: KillLoop): Promise<Killed> {
  const { randomBytes } = seeded(seed);
  const below = (end: number) => randomBytes(4).readUInt32BE() % end;
  const done = Object.fromEntries(deeds.map((deed) => [deed, 0])) as Record<Deed, number>;
  const failures: string[] = [];
  let [cycle, underWay, events, setAside] = [0, 0, 0, 0];
  const compiled = Compiled.make();
  const server = await KilledServer.start();
  const spares = {
    writer: new Spares<Written>(compiled.program('test/chaos/writing')),
    projector: new Spares<never>(compiled.program('test/chaos/projecting')),
  };
  try {
    while (cycle < cycles && failures.length === 0) {
      const [url, fresh] = [await server.database(), await server.database()];
      const round = new Round(url, spares, leaseLife);
      try {
        for (let n = 0; n < each && cycle < cycles; n += 1) {
          await round.acknowledgements(1 + below(40));
          await round.beginnings(1 + below(16));
          const deed = deeds[below(deeds.length)]!;
          if (await round.suffer(deed, server, below)) underWay += 1;
          done[deed] += 1;
          cycle += 1;
        }
        const judged = await round.judge(fresh);
        events += judged.events;
        setAside += judged.setAside;
        failures.push(...judged.failures.map((what) => `cycle ${cycle}: ${what}`));
      } catch (error) {
        failures.push(`cycle ${cycle}: ${String(error)}`);
        log(String(error));
      } finally {
        await round.end();
      }
      for (const each of [url, fresh]) await server.drop(each);
      log(`${cycle} of ${cycles} cycles, ${underWay} with an append under way, ${events} events, ${failures.length} failures`);
    }
  } finally {
    await spares.writer.close();
    await spares.projector.close();
    await server.close();
    compiled.remove();
  }
  return { cycles: cycle, underWay, deeds: done, events, setAside, failures };
}
