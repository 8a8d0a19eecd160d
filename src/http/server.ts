import type { Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { CommandBus } from '@nestjs/cqrs';
import { AppModule } from '../app.module';
import { deliveryOver } from '../delivery/delivery';
import { underway } from '../delivery/standing';
import { itself, openPuente, type Settings, timing } from '../puente';
import { workStatus } from '../engine/doer-status';
import type { Execute, Receipt } from '../engine/execute';
import { selfChecks } from '../engine/self-checks';
import { signsOfLife } from '../engine/signs-of-life';
import { policies } from '../lifecycles/policies';
import { makeApp } from './app';
import { AskedWrongly, tokensFor } from './auth';
import type { LogLevel } from './logging';
import { Measuring, Metrics } from './metrics';
import { Readiness } from './ports';
import { Signals } from './signals';
import { StoredReading } from './stored-reading';

export interface ServeOptions {
  /** `HOST` (127.0.0.1). */
  readonly host: string;
  /** `PORT` (3000); 0 takes any that is free. */
  readonly port: number;
  /** `OIDC_ISSUER`: whose tokens are taken; without it those of the development issuer, on this machine only. */
  readonly issuer?: string | undefined;
  /** `OIDC_AUDIENCE` */
  readonly audience?: string | undefined;
  /** `PUENTE_METRICS_TOKEN`: whoever sends it may read `/metrics`; without it, this machine alone. */
  readonly metricsToken?: string | undefined;
  readonly log: LogLevel;
}

export interface Served {
  /** Such as `http://127.0.0.1:3000`. */
  readonly base: string;
  /** Takes no more requests, finishes those at hand (10 s at most), and closes what was opened. */
  close(): Promise<void>;
}

/** What the environment says; an empty variable counts as none. @throws AskedWrongly */
export const serveOptions = (from: Readonly<Record<string, string | undefined>> = process.env): ServeOptions => {
  const port = from['PORT'] || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new AskedWrongly(`PORT must be a number from 0 to 65535, not ${port}`);
  const host = from['HOST'] || '127.0.0.1';
  if (/^[\d.]+$/.test(host) && !isIP(host)) throw new AskedWrongly(`HOST=${host} is no address`);
  return {
    host,
    port: Number(port),
    issuer: from['OIDC_ISSUER'] || undefined,
    audience: from['OIDC_AUDIENCE'] || undefined,
    metricsToken: from['PUENTE_METRICS_TOKEN'] || undefined,
    log: 'info',
  };
};

const patience = 10_000;
const now = () => new Date();

/**
 * Opens the database, brings read models forward and answers over HTTP.
 * @throws AskedWrongly before anything is opened
 */
export const serve = async (settings: Settings, { host, port, issuer, audience, metricsToken, log }: ServeOptions): Promise<Served> => {
  const tokens = await tokensFor({ host, home: settings.home, issuer, audience, now });
  const metrics = new Metrics(metricsToken).ofProcess();
  const puente = await openPuente({ ...settings, instruments: metrics.instruments });
  try {
    const { pool, store, vault, writing, runner } = puente;
    let stopping = false;
    const signals = new Signals(() => runner.status());
    const readiness = new Readiness({
      process: () => (stopping ? Promise.reject(new Error('stopping')) : Promise.resolve()),
      database: () => pool.query('select 1'),
      store: () => store.head(),
      heartbeat: () => signals.heartbeat(),
      lag: () => signals.lag(),
    });
    const measuring = new Measuring(metrics, async () => ({
      projections: await signals.now(),
      leases: await signsOfLife(pool, runner.leaseLife),
      work: await workStatus(pool, policies, now()),
      selfChecks: await selfChecks(pool),
      deliveries: await underway(pool),
      readers: delivery.streams.readers,
    }));
    const reading = new StoredReading(puente, now, settings.publisher);
    const delivery = deliveryOver({
      ...{
        pool,
        store,
        vault,
        timing,
        now,
        chance: Math.random,
        newId: writing.newId,
        streams: puente.streams,
        places: reading,
        ...settings.delivering,
      },
      // Endpoints on this machine are those of somebody who tries it out.
      loopback: issuer === undefined,
      attempted: metrics.attempted,
      report: (error) => settings.log(`deliveries: ${String(error)}`),
    });
    const app = await makeApp(
      AppModule.with({
        writing,
        serving: { reading, readiness, measuring, vault, tokens, delivery, log },
      }),
    );
    const bus = app.get(CommandBus);
    const sender = delivery.senderOn((command) => bus.execute<Execute, Receipt>(command), itself);
    const doer = puente.doerOn((command) => bus.execute<Execute, Receipt>(command));
    metrics.watch(app.getHttpServer());
    runner.start();
    await app.listen(port, host).catch((error: unknown) => {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) throw new AskedWrongly(`HOST=${host} is no address of this machine`);
      if (code !== 'EADDRINUSE') throw error;
      throw new AskedWrongly(
        `${host}:${port} is taken: stop what answers there, or choose another port, such as PORT=${port === 3001 ? 3002 : 3001}`,
      );
    });
    doer.start();
    sender.start();
    delivery.indexing.start();
    const server: Server = app.getHttpServer();
    const { address, family, port: given } = server.address() as AddressInfo;
    return {
      base: `http://${family === 'IPv6' ? `[${address}]` : address}:${given}`,
      close: async () => {
        stopping = true;
        const late = setTimeout(() => server.closeAllConnections(), patience);
        // What is on its way arrives, and is put down as arrived, where its receiver takes it in time.
        const cut = setTimeout(() => void delivery.close(), patience / 2);
        await Promise.all([sender.stop(), delivery.indexing.stop()]);
        clearTimeout(cut);
        await delivery.close();
        await doer.stop();
        await app.close();
        clearTimeout(late);
        await puente.close();
      },
    };
  } catch (error) {
    await puente.close();
    throw error;
  }
};

/** Serves as the environment says until the process is told to stop; told twice, it ends at once. */
export const serveUntilStopped = async (settings: Settings, listening: (base: string) => void = () => undefined): Promise<void> => {
  const served = await serve(settings, serveOptions());
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  settings.log(`Puente answers at ${served.base}`);
  listening(served.base);
  settings.log(`${await stopped}: finishing`);
  await served.close();
};
