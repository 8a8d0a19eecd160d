/**
 * Writes what others code against, `docs/contracts/` and the types of `clients/typescript/`, from what the system runs on: `npm run
 * contracts`. With `-- --release` it also keeps the schemas as those of this version, which later ones are held to; with `-- --check` it
 * writes nothing, names what is out of date and fails where anything is, as a test does.
 */
import 'reflect-metadata';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { eventTypes, publishedSchema } from '../src/delivery/contracts';
import { asyncApi } from './contracts-asyncapi';
import { typesOfApi, typesOfEvents } from './contracts-client';
import { envelopeSchema } from './contracts-envelope';
import { openApi } from './contracts-openapi';
import { contracts, released } from './contracts-places';

const root = join(__dirname, '..');
const eventsFolder = join(contracts, 'events');
const clientFolder = join(root, 'clients/typescript/src');

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Every file that is generated, with what it holds. */
const generate = async (): Promise<ReadonlyMap<string, string>> => {
  const envelope = envelopeSchema();
  const api = await openApi();
  return new Map([
    ...eventTypes.map((type) => [join(eventsFolder, `${type}.schema.json`), json(publishedSchema(type))] as const),
    [join(contracts, 'cloudevent.schema.json'), json(envelope)],
    [join(contracts, 'asyncapi.json'), json(asyncApi(envelope))],
    [join(contracts, 'openapi.json'), json(api)],
    [join(clientFolder, 'events.d.ts'), typesOfEvents(envelope)],
    [join(clientFolder, 'schema.d.ts'), await typesOfApi(api)],
  ]);
};

/** Schemas of types that are no more: the check of what was released says whether they may go. */
const leftOver = (files: ReadonlyMap<string, string>) =>
  existsSync(eventsFolder)
    ? readdirSync(eventsFolder)
        .map((name) => join(eventsFolder, name))
        .filter((path) => !files.has(path))
    : [];

const release = (): void => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const folder = join(released, version);
  if (existsSync(folder)) throw new Error(`${version} was released before; what was promised then stays as it is`);
  for (const part of ['events', 'cloudevent.schema.json']) cpSync(join(contracts, part), join(folder, part), { recursive: true });
};

const main = async (options: readonly string[]): Promise<void> => {
  const files = await generate();
  if (options.includes('--check')) {
    const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text).map(([path]) => path);
    const named = [...stale, ...leftOver(files)].map((path) => relative(root, path));
    if (named.length > 0) process.exitCode = 1;
    process.stdout.write(json(named));
    return;
  }
  for (const path of leftOver(files)) rmSync(path);
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (options.includes('--release')) release();
};

if (require.main === module)
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
