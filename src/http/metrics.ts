import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Underway } from '../delivery/standing';
import type { WorkStatus } from '../engine/doer-status';
import type { ReadModelStatus } from '../engine/runner-status';
import type { SelfChecked } from '../engine/self-checks';
import type { SignOfLife } from '../engine/signs-of-life';
import type { Instruments } from '../puente';
import { Public } from './may-call';
import { measures, type Measure } from './measures';
import { Problem } from './problems';
import { isLoopback } from './tokens';

/** What is looked up when somebody asks. */
export interface Looked {
  readonly projections: readonly ReadModelStatus[];
  readonly leases: ReadonlyMap<string, SignOfLife>;
  readonly work: readonly WorkStatus[];
  readonly selfChecks: readonly SelfChecked[];
  readonly deliveries: Underway;
  /** Of server-sent events. */
  readonly readers: number;
}

/** Measures of one process, and of what it shares with others. Nothing is global: each server has its own. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly append = this.histogram(measures.append);
  private readonly batch = this.histogram(measures.batch);
  private readonly commands = this.counter(measures.commands);
  private readonly requests = this.histogram(measures.http);
  private readonly lag = this.gauge(measures.lag);
  private readonly parked = this.gauge(measures.parked);
  private readonly heartbeat = this.gauge(measures.heartbeat);
  private readonly leases = this.counter(measures.leases);
  private readonly tasks = this.gauge(measures.tasks);
  private readonly deliveries = this.gauge(measures.deliveries);
  private readonly failing = this.gauge(measures.failing);
  private readonly attempts = this.counter(measures.attempts);
  private readonly readers = this.gauge(measures.readers);
  private readonly differences = this.gauge(measures.differences);
  private readonly checkedAt = this.gauge(measures.checkedAt);

  /** @param token whoever sends it may read; without one, whoever asks from this machine directly */
  constructor(private readonly token?: string) {}

  readonly contentType = this.registry.contentType;

  /** For whoever opens Puente. */
  readonly instruments: Instruments = {
    appended: (outcome, seconds) => this.append.observe({ outcome }, seconds),
    batched: (appends) => this.batch.observe(appends),
    commanded: (outcome) => this.commands.inc({ outcome }),
  };

  /** For whoever sends to endpoints. */
  readonly attempted = (outcome: 'arrived' | 'failed') => this.attempts.inc({ outcome });

  /** Of the process itself: memory, processor, event loop. */
  ofProcess(): this {
    collectDefaultMetrics({ register: this.registry });
    return this;
  }

  /** Every request of a server is timed. */
  watch(server: Server): void {
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      const began = performance.now();
      response.once('finish', () =>
        this.requests.observe(
          { method: request.method ?? '', status: `${Math.floor(response.statusCode / 100)}xx` },
          (performance.now() - began) / 1_000,
        ),
      );
    });
  }

  /** @throws Problem UNAUTHENTICATED */
  mustBeReadBy(request: Request): void {
    if (this.token !== undefined) {
      const [, given] = /^Bearer +(\S+) *$/i.exec(request.get('authorization') ?? '') ?? [];
      if (given === undefined || !same(given, this.token)) throw unread();
      return;
    }
    // A proxy on this machine asks for others.
    const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((header) => request.get(header) !== undefined);
    const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if (forwarded || !isLoopback(address)) throw unread();
  }

  /** In the format of Prometheus. */
  async told(look?: () => Promise<Looked>): Promise<string> {
    const found = await look?.();
    for (const each of [this.lag, this.parked, this.heartbeat, this.leases, this.tasks, this.differences]) each.reset();
    // Unlike those with labels, it would be told as 0.
    this.checkedAt.remove();
    for (const { name: projection, lag, parked } of found?.projections ?? []) {
      this.lag.set({ projection }, lag);
      this.parked.set({ projection }, parked);
    }
    for (const [lease, { age, changes }] of found?.leases ?? []) {
      if (age !== undefined) this.heartbeat.set({ lease }, age / 1_000);
      this.leases.inc({ lease }, changes);
    }
    for (const { name: by, ...counts } of found?.work ?? [])
      for (const state of ['waiting', 'failed', 'refused'] as const) this.tasks.set({ by, state }, counts[state]);
    if (found) {
      const { inHands, waiting, parked, failing } = found.deliveries;
      for (const [state, count] of Object.entries({ 'in-hands': inHands, waiting, parked })) this.deliveries.set({ state }, count);
      this.failing.set(failing);
      this.readers.set(found.readers);
    }
    for (const { name: of, differences, checkedAt } of found?.selfChecks ?? []) {
      this.differences.set({ of }, differences);
      this.checkedAt.set(checkedAt.getTime() / 1_000);
    }
    return this.registry.metrics();
  }

  private histogram({ buckets = [], ...measure }: Measure) {
    return new Histogram<string>({ ...this.of(measure), buckets: [...buckets] });
  }
  private counter(measure: Measure) {
    return new Counter<string>(this.of(measure));
  }
  private gauge(measure: Measure) {
    return new Gauge<string>(this.of(measure));
  }
  private of({ name, help, labels }: Omit<Measure, 'buckets'>) {
    return { name, help, labelNames: [...labels], registers: [this.registry] };
  }
}

const unread = () => new Problem('UNAUTHENTICATED', { headers: { 'WWW-Authenticate': 'Bearer' } });
const same = (given: string, wanted: string) => {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** Where the measures are and what is looked up for them. */
export class Measuring {
  constructor(
    readonly metrics: Metrics,
    readonly look?: () => Promise<Looked>,
  ) {}
}

/** For Prometheus, which has no token of the issuer: `mustBeReadBy` says who may. */
@ApiExcludeController()
@Controller('metrics')
@SkipThrottle()
export class MetricsRoutes {
  constructor(private readonly measuring: Measuring) {}

  @Get()
  @Public()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { metrics, look } = this.measuring;
    metrics.mustBeReadBy(request);
    response.type(metrics.contentType).send(await metrics.told(look));
  }
}
