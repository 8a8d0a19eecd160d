import { constants, createReadStream } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { type Imported, importLines } from '../engine/import';
import { AskedWrongly } from '../http/auth';
import type { Puente, Settings } from '../puente';
import type { Language } from '../words/say';
import { linesOf, survey } from './import-survey';
import { importer, onBus, settled } from './on-bus';
import { opened } from './opened';
import { barOf } from './progress';
import { inWords } from './refusal-in-words';

/** @throws AskedWrongly where there is no file to read */
const mustBeReadable = async (file: string): Promise<void> => {
  const what = await stat(file)
    .then((found) => (found.isFile() ? access(file, constants.R_OK) : Promise.reject(new Error('it is not a file'))))
    .catch((error: unknown) => error as NodeJS.ErrnoException);
  if (what) throw new AskedWrongly(`${file} cannot be read: ${what.code === 'ENOENT' ? 'there is no such file' : what.message}`);
};

export interface FileImport extends Imported {
  readonly correlationId: string;
}

/** Executes a file of commands on an open Puente, and what follows from them, with a progress bar where somebody watches. */
export const importInto = async (puente: Puente, file: string): Promise<FileImport> => {
  const { lines, correlationId } = await survey(createReadStream(file) as AsyncIterable<Buffer>);
  const actor = await puente.vault.actors.actorFor(importer.issuer, importer.subject);
  const bar = barOf('importing', 'lines');
  if (process.stderr.isTTY) bar.start(lines, 0);
  const handle = await open(file);
  try {
    return await onBus(puente, async (execute) => {
      const imported = await importLines(linesOf(handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>), {
        lifecycles: puente.writing.lifecycles,
        execute,
        actor,
        roles: importer.roles,
        correlationId,
        onLine: (done) => bar.update(done),
      });
      if (!puente.dryRun) await settled(puente, execute);
      return { correlationId, ...imported };
    });
  } finally {
    if (process.stderr.isTTY) bar.stop();
    await handle.close();
  }
};

/** What an import did, in words on standard error, each bad line with its number and reason. */
export const tell = (
  { lines, recorded, unchanged, bad, correlationId }: FileImport,
  { dryRun, log }: Settings,
  language: Language,
): void => {
  for (const { line, error } of bad) log(`line ${line}: ${inWords(error, language)}`);
  log(
    `${lines} ${lines === 1 ? 'line' : 'lines'}: ${recorded} ${dryRun ? 'would be recorded' : 'recorded'}, ${unchanged} unchanged, ${bad.length} refused (import ${correlationId})`,
  );
};

/** @returns the exit code: 1 when a line was refused */
export const importFile = async ({
  settings,
  file,
  language = 'en',
}: {
  readonly settings: Settings;
  readonly file: string;
  readonly language?: Language;
}): Promise<0 | 1> => {
  await mustBeReadable(file);
  return opened(settings, async (puente) => {
    const outcome = await importInto(puente, file);
    tell(outcome, settings, language);
    return outcome.bad.length > 0 ? 1 : 0;
  });
};
