import { randomBytes } from 'node:crypto';
import { v5 } from 'uuid';
import { newSecret } from '../../src/delivery/signing';
import { keptUnder } from '../../src/delivery/subscriptions';
import { PostgresStore } from '../../src/store/postgres';
import { openVault } from '../../src/vault/vault';
import { Compiled } from '../cluster/compiled';
import { Spares } from '../chaos/processes';
import type { SaidSending } from '../chaos/sending';
import { type Database, freshDatabase } from '../cluster/database';
import { masterOf, seeded } from '../vault/seeded';
import { type Fault, faults, FaultyReceiver, receiverAddress } from './faulty-receiver';
import { judged, type Judged, watchClaims } from './outages-judged';
import { Seen } from './outages-seen';
import { owner, samples, tell } from './recorded';
import { until } from './senders';
import { StruckSenders } from './struck-senders';

const ofReceivers = Object.keys(faults) as readonly Fault[];
const ofTheWay = ['nobody listens', 'the receiver is killed and starts again', 'the name leads into a private network'] as const;
const ofSenders = [
  ...['the sender is killed', 'the sender is stopped', 'the sender stands still, and another takes over'],
  ...['the sender is cut off from the database', 'a connection of the sender to the database is cut'],
] as const;
/** Everything that goes wrong. */
export const outageKinds: readonly string[] = [...ofReceivers, ...ofTheWay, ...ofSenders, ...ofSenders.slice(0, 3)];

/** Streams of events that pass, and of others. */
const streams = 12;
const others = 2;
const subscription = 'portal';
const passes = 'pairing';
/** The delays grow, so that no event is tried in vain as often as one that is set aside for it. */
const schedule: readonly number[] = [0, 5, 10, 20, 50, 100, 200, ...Array.from({ length: 1_000 }, () => 300)];
/** Milliseconds. */
const attemptsLast = 250;
const standstill = 400;
const patience = 60_000;

export interface OutagesAsked {
  readonly outages: number;
  readonly seed: string;
  /** Milliseconds: an attempt ends well within half of it, as with the usual ones. A claim that lapses where nothing befell its sender fails. */
  readonly claimLife: number;
  readonly log?: (line: string) => void;
}
export interface Survived extends Judged {
  /** How often each kind of outage occurred. */
  readonly kinds: Readonly<Record<string, number>>;
}

/**
 * Records events while one thing after the other goes wrong with the receiver, the way to it, senders and their database; which, and whom
 * it meets, follows from the seed, the moments also from how fast things go. Then all is well again, and what was handled is judged.
 */
export const outages = async (asked: OutagesAsked): Promise<Survived> => {
  const compiled = Compiled.make();
  const spares = new Spares<SaidSending>(compiled.program('test/chaos/sending'));
  const database = await freshDatabase();
  const course = new Course(database, spares, asked);
  try {
    return await course.run();
  } finally {
    await course.end();
    await spares.close();
    await database.drop();
    compiled.remove();
  }
};

const drawing = (seed: string) => {
  const { randomBytes: draw } = seeded(seed);
  return (end: number) => draw(4).readUInt32BE() % end;
};

class Course {
  private readonly store: PostgresStore;
  private readonly seen: Seen;
  private readonly receiver = new FaultyReceiver();
  private readonly senders: StruckSenders;
  private readonly below: (end: number) => number;
  /** For what is drawn as often as it takes: the others are the same in every run of a seed. */
  private readonly meanwhile: (end: number) => number;
  /** How many events each stream has. */
  private readonly lengths = new Map<string, number>();
  private readonly kinds: Record<string, number> = {};

  constructor(
    private readonly database: Database,
    spares: Spares<SaidSending>,
    private readonly asked: OutagesAsked,
  ) {
    this.store = new PostgresStore({ url: database.url });
    this.seen = new Seen(database.pool);
    const at = { url: database.url, master: asked.seed, schedule, claimLife: asked.claimLife, timeout: attemptsLast, standstill };
    this.senders = new StruckSenders(spares, at, database.pool, `sender-${asked.seed}`);
    [this.below, this.meanwhile] = [drawing(`outages ${asked.seed}`), drawing(`meanwhile ${asked.seed}`)];
  }

  async run(): Promise<Survived> {
    await watchClaims(this.database.pool);
    await this.receiver.open();
    await this.subscribe();
    this.senders.start();
    for (let n = 1; n <= this.asked.outages; n += 1) {
      const kind = outageKinds[this.below(outageKinds.length)]!;
      this.kinds[kind] = (this.kinds[kind] ?? 0) + 1;
      await this.suffer(kind);
      // Not later: an event that is tried in vain often would be set aside as one that ends its workers.
      if (n % 3 === 0) await this.arrived(`after ${n} outages, the last: ${kind}`);
      if (n % 20 === 0) this.asked.log?.(`${n} of ${this.asked.outages} outages, ${this.receiver.handled.length} requests handled`);
    }
    await this.arrived('at the end');
    const { blows, gone } = this.senders;
    const { handled } = this.receiver;
    const { claimLife } = this.asked;
    return {
      kinds: this.kinds,
      ...(await judged({ pool: this.database.pool, lengths: this.lengths, passes, handled, blows, gone, claimLife })),
    };
  }

  async end(): Promise<void> {
    await this.senders.close();
    await this.receiver.close();
    await this.store.close();
  }

  private async subscribe(): Promise<void> {
    const vault = await openVault(this.database.pool, masterOf(this.asked.seed), { randomBytes, now: () => new Date() });
    const { refs, keep } = await vault.texts.draft(`subscription-${subscription}`, [
      `https://hooks.example.org:${this.receiver.port}/hook`,
    ]);
    await keep();
    await vault.signingSecrets.rotate(keptUnder({ id: subscription, owner }), newSecret('hmac', randomBytes), undefined, 0);
    await tell(this.store, {
      ...{ stream: `subscription-${subscription}`, type: 'SubscriptionCreated' },
      data: { delivery: 'webhook', endpoint: refs[0]!, role: 'service', from: 'beginning', lifecycles: [passes] },
    });
  }

  private async suffer(kind: string): Promise<void> {
    const before = this.receiver.handled.length;
    await this.record(5 + this.below(30));
    // With deliveries under way, or with those of before still out.
    const [some, waits] = [this.below(5), this.below(4) > 0];
    if (waits) await this.keepUntil('nothing arrived', () => this.receiver.handled.length > before + some);
    await ((ofSenders as readonly string[]).includes(kind)
      ? this.strike(kind as (typeof ofSenders)[number])
      : this.bar(kind as Fault | (typeof ofTheWay)[number]));
  }

  /** Nothing gets through, or nothing comes back, for some attempts; now and then the sender is killed over it. */
  private async bar(kind: Fault | (typeof ofTheWay)[number]): Promise<void> {
    const last = await this.seen.lastAttempt();
    const { length } = this.receiver.handled;
    if (kind === 'nobody listens' || kind === 'the receiver is killed and starts again') await this.receiver.close();
    else if (kind === 'the name leads into a private network')
      this.senders.resolve(this.below(2) ? ['10.1.2.3'] : [receiverAddress, '169.254.169.254']);
    else {
      const all = this.below(2) === 0;
      this.receiver.fail(kind, () => all || this.meanwhile(3) > 0);
    }
    await this.record(3 + this.below(20));
    const many = 1 + this.below(3);
    if (kind === 'handles, and ends the connection in the middle of the body')
      await this.keepUntil('nothing was cut', () => this.receiver.handled.length >= length + many);
    else if (kind !== 'the receiver is killed and starts again')
      await this.keepUntil(`nothing failed: ${kind}`, async () => (await this.seen.inVain(last)) >= many);
    if (this.below(4) === 0) await this.strike('the sender is killed');
    if (kind === 'nobody listens' || kind === 'the receiver is killed and starts again') await this.receiver.open();
    else if (kind === 'the name leads into a private network') this.senders.resolve([receiverAddress]);
    else this.receiver.heal();
  }

  private async strike(kind: (typeof ofSenders)[number]): Promise<void> {
    const { senders } = this;
    const worker = senders.eldest;
    if (kind === 'the sender is killed') await senders.kill(worker);
    else if (kind === 'the sender is stopped') await senders.stop(worker);
    else if (kind === 'the sender stands still, and another takes over') return this.freeze(worker);
    else return senders.cutOff(worker, kind !== 'the sender is cut off from the database');
    senders.start();
  }

  private async freeze(worker: string): Promise<void> {
    const { senders } = this;
    const from = this.receiver.handled.length;
    const byOther = (since: number, other: string) => this.receiver.handled.slice(since).filter((each) => each.worker === other).length;
    senders.freeze(worker);
    const other = senders.start();
    await this.record(5 + this.below(20));
    const [some, more] = [this.below(20), this.below(10)];
    await this.keepUntil('nobody took over', () => byOther(from, other) > some);
    senders.thaw(worker);
    const thawed = this.receiver.handled.length;
    await this.record(5 + this.below(20));
    await this.keepUntil('nobody went on', () => this.receiver.handled.length > thawed + more);
    const ends = this.below(2) ? worker : other;
    await (this.below(2) ? senders.kill(ends) : senders.stop(ends));
  }

  /** Some events in a row in some streams. */
  private async record(count: number, below = this.below): Promise<void> {
    for (let left = count; left > 0;) {
      const nth = below(streams + others);
      const stream = nth < streams ? `${passes}-${nth}` : `party-${nth}`;
      const from = this.lengths.get(stream) ?? 0;
      const events = Array.from({ length: Math.min(left, 1 + below(4)) }, (_, i) => this.eventAt(stream, from + i));
      await this.store.append(stream, events, from === 0 ? 'none' : from - 1);
      this.lengths.set(stream, from + events.length);
      left -= events.length;
    }
  }
  private eventAt(stream: string, revision: number) {
    const id = (what: string) => v5(`${this.asked.seed} ${what} ${stream}@${revision}`, '4b0cf3d5-5d1a-4f5e-9a41-1a2b3c4d5e6f');
    return {
      ...{ id: id('event'), type: 'MissionHeld', data: { ...samples['MissionHeld'], mission: revision } },
      metadata: {
        ...{ occurredOn: '2020-05', actor: owner, roles: ['programme-officer'] },
        ...{ commandId: id('command'), commandHash: 'none', correlationId: 'outages' },
      },
    };
  }

  /** Until something holds; there is always something to send meanwhile. */
  private async keepUntil(otherwise: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    await this.patiently(otherwise, async () => {
      if (await holds()) return true;
      if (await this.seen.isIdle()) await this.record(4, this.meanwhile);
      return false;
    });
  }
  private arrived(when: string): Promise<void> {
    const all = () => [...this.lengths].reduce((sum, [stream, length]) => (stream.startsWith(passes) ? sum + length : sum), 0);
    return this.patiently(
      `not everything arrived ${when}`,
      async () => (await this.seen.delivered()) === all() && (await this.seen.isIdle()),
    );
  }
  private async patiently(otherwise: string, holds: () => Promise<boolean>): Promise<void> {
    await until(holds, patience).catch((error: unknown) => {
      throw new Error(`${otherwise}, seed ${this.asked.seed}; ended by themselves: ${this.senders.gone.join(', ') || 'none'}`, {
        cause: error,
      });
    });
  }
}
