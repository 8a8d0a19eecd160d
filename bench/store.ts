import type { Measured, Options, Suite } from './measure';
import { withPeers } from './peers';
import { startServer, type Server } from './server';
import { appends, limit, oneCaller } from './store-appends';
import { commands } from './store-commands';
import { eventstoredb } from './store-eventstoredb';
import { growth } from './store-growth';
import { projection } from './store-projection';
import { reads } from './store-reads';
import { snapshot } from './store-snapshot';

type Part = (server: Server, log: (line: string) => void, options: Options) => Promise<Measured>;

const parts: Readonly<Record<string, Part>> = {
  appends,
  limit,
  'one-caller': oneCaller,
  reads,
  projection,
  growth,
  commands,
  snapshot,
  eventstoredb,
};
const withThePeers = 'appends';

/** The event store against what is written by hand and against its peers, on one PostgreSQL. */
export const storeSuite: Suite = async (log, options) => {
  const names = Object.keys(parts).filter((name) => options.only === undefined || name === options.only);
  if (names.length === 0) throw new Error(`there is no part ${options.only}: ${Object.keys(parts).join(', ')}`);
  const peers = names.includes(withThePeers) ? await withPeers(log) : {};
  const server = await startServer(log);
  try {
    const environment = { ...(await server.environment()), peers };
    const measured: Measured[] = [];
    for (const name of names) {
      log(`— ${name}`);
      measured.push(await parts[name]!(server, log, options));
    }
    return {
      suite: 'store',
      ratios: measured.flatMap(({ ratios }) => ratios),
      figures: measured.flatMap(({ figures }) => figures),
      environment: { ...environment, rounds: options.rounds, seconds: options.seconds },
    };
  } finally {
    await server.stop();
  }
};
