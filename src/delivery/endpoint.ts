import type { Pool, PoolClient } from 'pg';
import { v5 } from 'uuid';
import type { SigningSecrets } from '../vault/signing-secrets';
import type { Texts } from '../vault/texts';
import { type Attempt, record } from './attempts';
import type { Answer, Egress, Failure } from './egress';
import { cloudEvent, type Origin, typePrefix } from './envelope';
import type { Handed } from './claims';
import { readSecret, type Secret, webhookHeaders } from './signing';
import { keptUnder, type Standing } from './subscriptions';

/** uuid namespace of `webhook-id`: changing it would make every repeat look new to receivers. */
const webhookIds = '6f0e7b0a-3c55-4b57-9a40-5d7c1b1f2a8e';
const minute = 60_000;
const cloudEventType = 'application/cloudevents+json; charset=utf-8';

/** What is sent with, and where it is put down. */
export interface EndpointOptions {
  readonly pool: Pool;
  readonly egress: Pick<Egress, 'send'>;
  readonly secrets: Pick<SigningSecrets, 'reveal'>;
  readonly texts: Pick<Texts, 'reveal'>;
  readonly origin: Origin;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly attempted?: ((outcome: 'arrived' | 'failed') => void) | undefined;
}

/** Where events of a subscription are sent, as it is now. */
export interface Endpoint {
  readonly url: string;
  readonly secrets: readonly Secret[];
}
/** Why nothing can be sent: no secret was issued yet, or the address was forgotten. */
export type Unready = 'NO_SECRET' | 'FORGOTTEN';

/** What was sent and what came of it, for the record. */
export const attemptOf = (at: Date, about: Pick<Attempt, 'what' | 'attempt'> & Partial<Attempt>, came: Answer | Failure): Attempt => ({
  ...{ at, ms: came.ms },
  ...about,
  ...(came.is === 'answer' ? { status: came.status, excerpt: came.excerpt } : { failure: came.code, detail: came.detail }),
});
/** In words, for whoever looks after the subscription. */
export const wordsOf = (came: Answer | Failure): string =>
  came.is === 'answer' ? `answered ${came.status}` : `${came.code}: ${came.detail}`;
export const isSuccess = (came: Answer | Failure): boolean => came.is === 'answer' && came.status >= 200 && came.status <= 299;

/** Speaks to endpoints: shakes hands, tries them, hands them events. */
export class Endpoints {
  constructor(private readonly on: EndpointOptions) {}

  async of(standing: Standing): Promise<Endpoint | Unready> {
    const kept = await this.on.secrets.reveal(keptUnder(standing));
    const secrets = kept.flatMap((text) => readSecret(text) ?? []);
    if (secrets.length === 0) return 'NO_SECRET';
    const url = await this.urlOf(standing);
    return url === undefined ? 'FORGOTTEN' : { url, secrets };
  }

  /** Undefined where it was forgotten. */
  async urlOf({ endpoint }: Standing): Promise<string | undefined> {
    const text = (await this.on.texts.reveal([endpoint!])).get(endpoint!);
    return text?.is === 'text' ? text.words : undefined;
  }

  /** One event; `webhook-id` is the same at every attempt. */
  async deliver(of: Standing, { url, secrets }: Endpoint, { event }: Handed): Promise<Answer | Failure> {
    const body = JSON.stringify(cloudEvent(event, of.reader, this.on.origin));
    const came = await this.post(url, secrets, v5(`${of.id}\n${event.stream}@${event.revision}`, webhookIds), body);
    this.on.attempted?.(isSuccess(came) ? 'arrived' : 'failed');
    return came;
  }

  /** A made-up event, to see whether it arrives. */
  async ping(of: Standing, { url, secrets }: Endpoint): Promise<Answer | Failure> {
    const at = this.on.now();
    const id = this.on.newId();
    const event = {
      ...{ specversion: '1.0', id, source: this.on.origin.source, type: `${typePrefix}Ping`, subject: `subscription/${of.id}` },
      ...{ time: at.toISOString(), datacontenttype: 'application/json', data: {} },
    };
    const came = await this.post(url, secrets, id, JSON.stringify(event));
    await record(this.on.pool, keptUnder(of), [attemptOf(at, { what: 'ping', attempt: 1 }, came)]);
    return came;
  }

  /**
   * Asks whether the endpoint wants events of ours, as "HTTP 1.1 Web Hooks for Event Delivery" of CloudEvents has it: nothing else is sent
   * before it said so.
   *
   * @returns how many requests a minute it allows, null where it says nothing of it
   */
  async shakeHands(
    of: Standing,
    { url }: Endpoint,
  ): Promise<{ readonly came: Answer | Failure; readonly agreed: boolean; readonly rate: number | null }> {
    const at = this.on.now();
    const asks = this.name;
    const came = await this.on.egress.send({ method: 'OPTIONS', url, headers: { 'WebHook-Request-Origin': asks, 'User-Agent': 'Puente' } });
    await record(this.on.pool, keptUnder(of), [attemptOf(at, { what: 'handshake', attempt: 1 }, came)]);
    if (came.is !== 'answer') return { came, agreed: false, rate: null };
    const allowed = came.headers['webhook-allowed-origin']?.trim();
    const rate = /^[1-9]\d{0,6}$/.exec(came.headers['webhook-allowed-rate'] ?? '')?.[0];
    return { came, agreed: isSuccess(came) && (allowed === '*' || allowed === asks), rate: rate === undefined ? null : Number(rate) };
  }

  /** What this installation calls itself to endpoints. */
  private get name(): string {
    const { source } = this.on.origin;
    return URL.canParse(source) && new URL(source).hostname !== '' ? new URL(source).hostname : 'puente';
  }

  private post(url: string, secrets: readonly Secret[], id: string, body: string): Promise<Answer | Failure> {
    const seconds = Math.floor(this.on.now().getTime() / 1_000);
    const headers = { 'Content-Type': cloudEventType, 'User-Agent': 'Puente', ...webhookHeaders(secrets, id, seconds, body) };
    return this.on.egress.send({ method: 'POST', url, headers, body });
  }
}

/** How an endpoint fares, as its progress says. */
export interface Faring {
  /** Since which taking up of deliveries; of one before, nothing but what it agreed to is told. */
  readonly takenUp: number;
  readonly verified: number;
  readonly rate: number | null;
  readonly failures: number;
  readonly failingSince: Date | undefined;
  /** Nothing is sent before that: it asked for it, it fails, or it allows no more. */
  readonly restUntil: Date | undefined;
}
interface FaringRow {
  readonly takenUp: number;
  readonly verified: number;
  readonly rate: number | null;
  readonly failures: number;
  readonly since: Date | null;
  readonly rest: Date | null;
}
const none: FaringRow = { takenUp: 0, verified: 0, rate: null, failures: 0, since: null, rest: null };

export const faringOf = async (pool: Pool, of: Standing): Promise<Faring> => {
  const { rows } = await pool.query<FaringRow>(
    `select taken_up as "takenUp", verified, rate, failures, failing_since as since,
       nullif(greatest(rest_until, asked_until, next_at), '-infinity') as rest
     from delivery.progress where subscription = $1`,
    [of.id],
  );
  const { takenUp, verified, rate, failures, since, rest } = rows[0] ?? none;
  return takenUp < of.takenUp
    ? { takenUp, verified, rate, failures: 0, failingSince: undefined, restUntil: undefined }
    : { takenUp, verified, rate, failures, failingSince: since ?? undefined, restUntil: rest ?? undefined };
};

/** Deliveries are taken up: nothing has failed, nobody asked for a rest, and what waits for its time is tried at once. */
export const takeUp = (pool: Pool, { id, takenUp }: Standing) =>
  pool.query(
    `with taken as (
       update delivery.progress set taken_up = $2, failures = 0, failing_since = null, rest_until = '-infinity', asked_until = '-infinity',
         next_at = '-infinity', last_error = null, last_error_at = null
       where subscription = $1 and taken_up < $2 returning subscription
     ) update delivery.waiting w set again_at = '-infinity' from taken t
       where w.subscription = t.subscription and w.parked_at is null and w.again_at > '-infinity'`,
    [id, takenUp],
  );

/** The next of so many requests a minute, of all processes together. @returns whether it may be made now */
export const takeTurn = async (pool: Pool, id: string, now: Date, rate: number): Promise<boolean> => {
  const { rowCount } = await pool.query('update delivery.progress set next_at = $3 where subscription = $1 and next_at <= $2', [
    ...[id, now],
    new Date(now.getTime() + minute / rate),
  ]);
  return rowCount === 1;
};

/** It wants events: what waited because nothing arrived is tried at once. */
export const noteAgreed = async (pool: Pool, id: string, now: Date, { endpoints, rate }: { endpoints: number; rate: number | null }) => {
  await pool.query(
    `with woken as (
       update delivery.waiting w set again_at = '-infinity' from delivery.progress p
       where p.subscription = $1 and p.failures >= ${quietAfter} and w.subscription = $1 and w.parked_at is null and w.again_at > $2
     ) update delivery.progress set failures = 0, failing_since = null, rest_until = '-infinity', last_success_at = $2,
       verified = $3, rate = $4 where subscription = $1`,
    [id, now, endpoints, rate],
  );
};
/** After so many attempts in vain one after the other, one at a time is made. */
export const quietAfter = 5;

/** It did not agree: nothing is tried before `rest`, nor before it `asked` to be. */
export const noteRefused = (client: PoolClient, id: string, now: Date, error: string, rest: Date | undefined, asked: Date | undefined) =>
  client.query(
    `update delivery.progress set failures = failures + 1, failing_since = coalesce(failing_since, $2), last_error = $3, last_error_at = $2,
       rest_until = greatest(rest_until, $4), asked_until = greatest(asked_until, $5) where subscription = $1`,
    [id, now, error.slice(0, 500), rest ?? null, asked ?? null],
  );
