/**
 * A process that sends to endpoints until it is told to stop, or is killed. It waits, loaded, for a line that says where; what its names are
 * looked up as it is told whenever that changes.
 */
import { randomBytes } from 'node:crypto';
import { PostgresStore } from '../../src/store/postgres';
import { openVault } from '../../src/vault/vault';
import { certificate } from '../delivery/certificates';
import { senderOver } from '../delivery/senders';
import { masterOf } from '../vault/seeded';
import { say, told } from './lines';
import { poolOf } from './pool';

export interface SendingAt {
  readonly url: string;
  /** Its name, to the receiver and to the database. */
  readonly worker: string;
  readonly master: string;
  readonly schedule: readonly number[];
  /** Milliseconds: of a claim, of an attempt, and that a transaction may stand still. */
  readonly claimLife: number;
  readonly timeout: number;
  readonly standstill: number;
}
export type ToldSending = SendingAt | { readonly addresses: readonly string[] } | 'stop';
export interface SaidSending {
  readonly is: 'sending';
}

async function main(): Promise<void> {
  let addresses: readonly string[] = [];
  let stop: () => Promise<unknown> = () => Promise.resolve();
  for await (const line of told<ToldSending>()) {
    if (line === 'stop') {
      await stop();
      return process.exit(0);
    }
    if ('addresses' in line) addresses = line.addresses;
    else {
      const { worker, master, schedule, claimLife, timeout, standstill } = line;
      const url = `${line.url}${line.url.includes('?') ? '&' : '?'}application_name=${worker}`;
      const pool = poolOf(url, 8);
      const store = new PostgresStore({ url, deadline: 3_000 });
      const vault = await openVault(pool, masterOf(master), { randomBytes, now: () => new Date() });
      const lookup = () => Promise.resolve(addresses);
      const report = (error: unknown) => void process.stderr.write(`${worker}: ${String(error)}\n`);
      const headers = { 'X-Worker': worker };
      const started = senderOver(
        { pool, store, vault },
        { worker, schedule, claimLife, timeout, standstill, pause: 20, lookup, ca: certificate, headers, report },
      );
      started.sender.start();
      stop = async () => {
        await started.stop();
        await store.close();
        await pool.end();
      };
      say({ is: 'sending' } satisfies SaidSending);
    }
  }
  // Whoever started it is gone.
  process.exit(1);
}

if (require.main === module) void main();
