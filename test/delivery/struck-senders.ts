import type { Pool } from 'pg';
import type { Process, Spares } from '../chaos/processes';
import type { SaidSending, SendingAt } from '../chaos/sending';
import { receiverAddress } from './faulty-receiver';

/** What befell a sender, and when. */
export interface Blow {
  readonly worker: string;
  readonly is: 'killed' | 'stopped' | 'frozen' | 'cut off';
  readonly at: number;
}
interface Running {
  readonly worker: string;
  readonly process: Process<SaidSending>;
  /** It has begun to send. */
  readonly ready: Promise<unknown>;
}

/** Processes that send, one of them at a time or two, until something befalls them. */
export class StruckSenders {
  readonly blows: Blow[] = [];
  /** Those that ended although nothing befell them. */
  readonly gone: string[] = [];
  private readonly running = new Set<Running>();
  private started = 0;
  private addresses: readonly string[] = [receiverAddress];

  constructor(
    private readonly spares: Spares<SaidSending>,
    private readonly at: Omit<SendingAt, 'worker'>,
    private readonly pool: Pool,
    /** The beginning of their names. */
    private readonly named: string,
  ) {}

  /** One more. */
  start(): string {
    const process = this.spares.next();
    const ready = new Promise((resolve) => process.hear(resolve));
    const started = { worker: `${this.named}-${(this.started += 1)}`, process, ready };
    this.running.add(started);
    started.process.tell({ addresses: this.addresses });
    started.process.tell({ ...this.at, worker: started.worker });
    void started.process.gone.then(() => {
      if (this.running.delete(started)) this.gone.push(started.worker);
    });
    return started.worker;
  }

  /** The one that has been at it longest. */
  get eldest(): string {
    return [...this.running][0]!.worker;
  }

  /** What the name of the endpoint is looked up as from now on. */
  resolve(addresses: readonly string[]): void {
    this.addresses = addresses;
    for (const { process } of this.running) process.tell({ addresses });
  }

  async kill(worker: string): Promise<void> {
    await this.end(worker, 'killed', ({ child }) => child.kill('SIGKILL'));
  }
  async stop(worker: string): Promise<void> {
    await this.end(worker, 'stopped', (process) => process.tell('stop'));
  }
  freeze(worker: string): void {
    this.struck(worker, 'frozen');
    this.of(worker).process.child.kill('SIGSTOP');
  }
  thaw(worker: string): void {
    this.of(worker).process.child.kill('SIGCONT');
  }
  /** Its connections to the database end, or one of them. */
  async cutOff(worker: string, one: boolean): Promise<void> {
    // Where there is no database as it starts, it does not start.
    await this.of(worker).ready;
    this.struck(worker, 'cut off');
    await this.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()
       order by state = 'idle' ${one ? 'limit 1' : ''}`,
      [worker],
    );
  }

  /** Those that are left, without more ado. */
  async close(): Promise<void> {
    for (const { worker } of this.running) await this.kill(worker);
  }

  private async end(worker: string, is: 'killed' | 'stopped', how: (process: Process<SaidSending>) => unknown): Promise<void> {
    const ending = this.of(worker);
    this.struck(worker, is);
    this.running.delete(ending);
    how(ending.process);
    await ending.process.gone;
  }
  private struck(worker: string, is: Blow['is']): void {
    this.blows.push({ worker, is, at: Date.now() });
  }
  private of(worker: string): Running {
    const found = [...this.running].find((each) => each.worker === worker);
    if (!found) throw new Error(`the sender ${worker} ended by itself`);
    return found;
  }
}
