import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isRefusal } from '../engine/refused';
import { AskedWrongly } from '../http/auth';
import type { Question } from '../monitoring/known-at';
import type { Written } from '../out/datapackage';
import { Exports } from '../out/exports';
import type { Standpoint } from '../out/table';
import { tableNames } from '../out/tables';
import type { Settings } from '../puente';
import type { Language } from '../words/say';
import { opened } from './opened';
import { inWords } from './refusal-in-words';

export const exportFormats = ['csv', 'xlsx', 'json', 'iati'] as const;
export interface ExportAsked extends Question {
  readonly folder: string;
  readonly format: (typeof exportFormats)[number];
  readonly language: Language;
}

/** @throws AskedWrongly unless there is nothing that could be written over or mixed up with what is written */
const mustBeEmpty = async (folder: string): Promise<void> => {
  const found = await readdir(folder).catch((failure: unknown) => {
    const error = failure as NodeJS.ErrnoException;
    if (error.code === 'ENOENT') return [];
    throw new AskedWrongly(`${folder} cannot be written to: ${error.code === 'ENOTDIR' ? 'it is a file' : error.message}`);
  });
  if (found.length > 0) throw new AskedWrongly(`${folder} is not empty: name a folder that is, or one that is not there yet`);
};

/** A file, with what was written to it. */
const save = async (file: string, bytes: Readable): Promise<Written> => {
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(
    bytes,
    async function* (chunks: AsyncIterable<Buffer | string>) {
      for await (const chunk of chunks) {
        const buffer = Buffer.from(chunk as string);
        hash.update(buffer);
        size += buffer.length;
        yield buffer;
      }
    },
    createWriteStream(file),
  );
  return { bytes: size, digest: hash.digest('hex') };
};

const write = async (exports: Exports, folder: string, format: ExportAsked['format'], on: Standpoint): Promise<void> => {
  switch (format) {
    case 'csv': {
      const written = new Map<string, Written>();
      for (const name of tableNames) written.set(name, await save(join(folder, `${name}.csv`), await exports.table(name, 'csv', on)));
      const described = await exports.datapackage(on, written);
      return writeFile(join(folder, 'datapackage.json'), `${JSON.stringify(described, null, 2)}\n`);
    }
    case 'json':
      for (const name of tableNames) await save(join(folder, `${name}.json`), await exports.table(name, 'json', on));
      return;
    case 'xlsx':
      await save(join(folder, 'puente.xlsx'), await exports.workbook(on));
      return;
    case 'iati':
      await save(join(folder, 'iati.xml'), await exports.iati(on));
  }
};

/** Takes away an empty folder, and those above it, up to the first that was made. */
const unmake = async (folder: string, made: string | undefined): Promise<void> => {
  if (made === undefined) return;
  for (let at = resolve(folder); ; at = dirname(at)) {
    await rmdir(at);
    if (at === resolve(made)) return;
  }
};

/**
 * Writes an export into a folder that is empty or not there yet; where that fails nothing stays in it, and no folder that was made for it.
 * @returns the exit code: 2 where no such export can be asked for, and why is told
 * @throws AskedWrongly for a folder that is not empty, before anything is opened
 */
export const exportTo = async ({
  settings,
  folder,
  format,
  language,
  ...question
}: ExportAsked & { readonly settings: Settings }): Promise<0 | 2> => {
  await mustBeEmpty(folder);
  return opened(settings, async (puente) => {
    try {
      await puente.runner.catchUp();
      const exports = new Exports(puente, settings.publisher);
      const on = await exports.standpoint({ ...question, language });
      const made = await mkdir(folder, { recursive: true });
      await write(exports, folder, format, on).catch(async (error: unknown) => {
        for (const file of await readdir(folder)) await rm(join(folder, file));
        await unmake(folder, made);
        throw error;
      });
      settings.log(`${(await readdir(folder)).toSorted().join(', ')} in ${folder}: as of ${on.asOf}, as known at ${on.knownAt ?? '—'}`);
      return 0;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      settings.log(inWords(error, language));
      return 2;
    }
  });
};
