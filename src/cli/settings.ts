import { resolve } from 'node:path';
import type { Settings } from '../puente';

/** What the environment says; an empty variable counts as none. */
export const settings = (from: Readonly<Record<string, string | undefined>> = process.env): Settings => ({
  home: resolve(from['PUENTE_HOME'] || '.puente'),
  databaseUrl: from['DATABASE_URL'] || undefined,
  masterKey: from['PUENTE_MASTER_KEY'] || undefined,
  log: (line) => process.stderr.write(`${line}\n`),
});
