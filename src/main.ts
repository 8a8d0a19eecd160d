import 'reflect-metadata';
import { tellFailure } from './cli/failed';
import { settings } from './cli/settings';
import { serveUntilStopped } from './http/server';

const serving = async () => serveUntilStopped(settings());

serving().catch((error: unknown) => {
  process.exitCode = tellFailure(error);
});
