import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { everyReadModel } from '../../src/puente';
import { Compiled } from '../cluster/compiled';
import { poolOf } from './pool';
import { type Process, Spares } from './processes';
import type { Projecting } from './projecting';
import { KilledServer } from './server';
import { eventually } from './waiting';
import type { Writing, Written } from './writing';

export const blows = ['SIGKILL', 'SIGSTOP'] as const;
export type Blow = (typeof blows)[number];

/** One database that is written to all the time, and the processes that bring its read models forward. */
class Succession {
  private readonly processes: { readonly child: Process<unknown>['child']; readonly gone: Promise<void> }[] = [];
  private started = 0;

  constructor(
    private readonly url: string,
    private readonly pool: Pool,
    private readonly spares: Spares<never>,
  ) {}

  /** One more, with leases as long as they are by default. */
  begin(): { readonly process: Process<never>; readonly owner: string } {
    const process = this.spares.next();
    const owner = `owner-${(this.started += 1)}`;
    this.processes.push(process);
    process.tell({ url: this.url, owner } satisfies Projecting);
    return { process, owner };
  }

  /** @returns milliseconds until so many leases are an owner's */
  async has(owner: string, leases: number): Promise<number> {
    const began = Date.now();
    await eventually(`${owner} does not have ${leases} leases`, async () => {
      const { rows } = await this.pool.query<{ held: number }>(
        `select count(*)::int as held from engine.lease where owner = $1 and until > clock_timestamp() and name like 'read-model %'`,
        [owner],
      );
      return rows[0]!.held >= leases;
    });
    return Date.now() - began;
  }

  async end(): Promise<void> {
    for (const { child } of this.processes) child.kill('SIGKILL');
    await Promise.all(this.processes.map(({ gone }) => gone));
  }
}

/**
 * How long a process that waits takes to have all leases of an owner that is killed, or stands still, while events come in.
 *
 * @returns milliseconds, for each blow as often as asked
 */
export async function takeOvers(times: number, chance: () => number): Promise<Readonly<Record<Blow, readonly number[]>>> {
  const compiled = Compiled.make();
  const server = await KilledServer.start();
  const url = await server.database();
  const pool = poolOf(url, 1);
  const spares = {
    projector: new Spares<never>(compiled.program('test/chaos/projecting')),
    writer: new Spares<Written>(compiled.program('test/chaos/writing')),
  };
  const succession = new Succession(url, pool, spares.projector);
  const writer = spares.writer.next();
  const taken: Record<Blow, number[]> = { SIGKILL: [], SIGSTOP: [] };
  try {
    writer.tell({ url, name: 'writer', callers: 2, streams: 20 } satisfies Writing);
    let owner = succession.begin();
    for (const blow of blows.flatMap((each) => Array.from({ length: times }, () => each))) {
      await succession.has(owner.owner, everyReadModel.length);
      const next = succession.begin();
      // It looks every third of a lease; the blow falls anywhere in between, once it waits.
      await pause(3_000 + 3_400 * chance());
      owner.process.child.kill(blow);
      taken[blow].push(await succession.has(next.owner, everyReadModel.length));
      owner.process.child.kill('SIGKILL');
      owner = next;
    }
  } finally {
    await succession.end();
    writer.child.kill('SIGKILL');
    await writer.gone;
    await spares.projector.close();
    await spares.writer.close();
    await pool.end();
    await server.close();
    compiled.remove();
  }
  return taken;
}
