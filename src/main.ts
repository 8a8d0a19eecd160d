import 'reflect-metadata';
import { settings } from './cli/settings';
import { AskedWrongly } from './http/auth';
import { serveUntilStopped } from './http/server';

const serving = async () => serveUntilStopped(settings());

serving().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof AskedWrongly ? 2 : 1;
});
