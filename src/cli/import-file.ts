import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Presets, SingleBar } from 'cli-progress';
import { v5 } from 'uuid';
import { type Imported, importLines } from '../engine/import';
import { AskedWrongly } from '../http/auth';
import { openPuente, type Puente, type Settings } from '../puente';
import { importer, onBus, settled } from './on-bus';
import { inWords } from './refusal-in-words';

/** uuid namespace: one file, whatever its name, is one import. */
const imports = '0d3b3a8e-6a0f-4d3b-9d0e-6c2a52a2f7b1';

/** @throws AskedWrongly where there is no file to read */
const mustBeReadable = async (file: string): Promise<void> => {
  const what = await stat(file)
    .then((found) => (found.isFile() ? access(file, constants.R_OK) : Promise.reject(new Error('it is not a file'))))
    .catch((error: unknown) => error as NodeJS.ErrnoException);
  if (what) throw new AskedWrongly(`${file} cannot be read: ${what.code === 'ENOENT' ? 'there is no such file' : what.message}`);
};

const surveyed = async (file: string): Promise<{ readonly lines: number; readonly digest: string }> => {
  const digest = createHash('sha256');
  let lines = 0;
  let last = 10;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    digest.update(chunk);
    for (const byte of chunk) if (byte === 10) lines += 1;
    last = chunk.at(-1) ?? last;
  }
  return { lines: last === 10 ? lines : lines + 1, digest: digest.digest('hex') };
};

export interface FileImport extends Imported {
  readonly correlationId: string;
}

/** Executes a file of commands on an open Puente, and what follows from them, with a progress bar where somebody watches. */
export const importInto = async (puente: Puente, file: string): Promise<FileImport> => {
  const { lines, digest } = await surveyed(file);
  const correlationId = v5(digest, imports);
  const actor = await puente.vault.actors.actorFor(importer.issuer, importer.subject);
  const bar = new SingleBar(
    { format: 'importing |{bar}| {value} of {total} lines', stream: process.stderr, noTTYOutput: false, hideCursor: true },
    Presets.shades_classic,
  );
  if (process.stderr.isTTY) bar.start(lines, 0);
  const handle = await open(file);
  try {
    return await onBus(puente, async (execute) => {
      // Lines that come before somebody listens are lost: nothing may be awaited between the interface and its reader.
      const imported = await importLines(createInterface({ input: handle.createReadStream({ autoClose: false }), crlfDelay: Infinity }), {
        lifecycles: puente.writing.lifecycles,
        execute,
        actor,
        roles: ['programme-officer'],
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
export const tell = ({ lines, recorded, unchanged, bad, correlationId }: FileImport, { dryRun, log }: Settings): void => {
  for (const { line, error } of bad) log(`line ${line}: ${inWords(error)}`);
  log(
    `${lines} lines: ${recorded} ${dryRun ? 'would be recorded' : 'recorded'}, ${unchanged} unchanged, ${bad.length} refused (import ${correlationId})`,
  );
};

/** @returns the exit code: 1 when a line was refused */
export const importFile = async ({ settings, file }: { settings: Settings; file: string }): Promise<0 | 1> => {
  await mustBeReadable(file);
  const puente = await openPuente(settings);
  try {
    const outcome = await importInto(puente, file);
    tell(outcome, settings);
    return outcome.bad.length > 0 ? 1 : 0;
  } finally {
    await puente.close();
  }
};
