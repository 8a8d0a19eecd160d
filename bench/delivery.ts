import { backlog, dead } from './delivery-backlog';
import { latency, polled, webhook } from './delivery-latency';
import { pull } from './delivery-pull';
import { readers } from './delivery-readers';
import type { Measured, Options, Suite } from './measure';
import { withPeers } from './peers';
import { startServer, type Server } from './server';

export type DeliveryPart = (server: Server, log: (line: string) => void, options: Options) => Promise<Measured>;

const parts: Readonly<Record<string, DeliveryPart>> = { pull, latency, polled, webhook, backlog, dead, readers };
const withThePeers = 'pull';

/** How events reach who subscribed: pulled, pushed, streamed. */
export const deliverySuite: Suite = async (log, options) => {
  const names = Object.keys(parts).filter((name) => options.only === undefined || name === options.only);
  if (names.length === 0) throw new Error(`there is no part ${options.only}: ${Object.keys(parts).join(', ')}`);
  const peers = names.includes(withThePeers) ? await withPeers(log) : {};
  const server = await startServer(log);
  try {
    const environment = { ...(await server.environment()), ...(names.includes(withThePeers) && { peers }) };
    const measured: Measured[] = [];
    for (const name of names) {
      log(`— ${name}`);
      measured.push(await parts[name]!(server, log, options));
    }
    const { rounds, seconds, scale } = options;
    return {
      suite: 'delivery',
      ratios: measured.flatMap(({ ratios }) => ratios),
      figures: measured.flatMap(({ figures }) => figures),
      environment: { ...environment, rounds, seconds, scale },
    };
  } finally {
    await server.stop();
  }
};
