import { resolve } from 'node:path';
import { serveUntilStopped } from '../http/server';
import type { Settings } from '../puente';
import { importInto, tell } from './import-file';
import { opened } from './opened';
import { print } from './report';

/** What a shell takes for one word. */
const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
/** What prints a token of the issuer whose folder is not the usual one, too. */
export const tokenCommand = (home: string): string =>
  `${home === resolve('.puente') ? '' : `PUENTE_HOME=${quoted(home)} `}npm run --silent puente -- token --role evaluator`;

/** From an empty folder to the figures of a real programme, and a server to ask more of. */
export const demo = async ({
  settings,
  files,
  once,
}: {
  readonly settings: Settings;
  /** Of commands to import, one after the other. */
  readonly files: readonly string[];
  readonly once: boolean;
}): Promise<void> => {
  await opened(settings, async (puente) => {
    settings.log(`data under ${settings.home}`);
    for (const file of files) {
      const outcome = await importInto(puente, file);
      tell(outcome, settings, 'en');
      if (outcome.bad.length > 0) process.exitCode = 1;
    }
    await print(puente, { format: 'table', language: 'en' });
  });
  if (once) return;
  await serveUntilStopped(settings, (base) => {
    settings.log(`
Try, with READER=$(${tokenCommand(settings.home)}):
  curl -H "Authorization: Bearer $READER" ${base}/v1/pairings
  curl -H "Authorization: Bearer $READER" ${base}/v1/pairings/cartagena-malaga/timeline
  ${base}/docs`);
  });
};
