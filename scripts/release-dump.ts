/**
 * Keeps what a database of this release looks like, for releases to come: `npm run release-dump`, once, when a release is made, writes
 * `test/upgrade/<version>.sql`. It holds the migrations as they read in this release, and a small history with all that this release made
 * of it: events, read models, tasks, and the vault under a master key of its own. A file that is there is never written again.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { importInto } from '../src/cli/import-file';
import { onBus, settled } from '../src/cli/on-bus';
import { Execute } from '../src/engine/execute';
import { pairing } from '../src/lifecycles/pairing';
import { migrations } from '../src/migrations';
import { openPuente, type Puente } from '../src/puente';
import { startEmbedded } from '../src/store/embedded';

const root = join(__dirname, '..');
export const dumps = join(root, 'test/upgrade');
export const versionNow = () => (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
export const dumpOf = (version: string) => join(dumps, `${version}.sql`);

interface Line {
  readonly to: string;
  readonly do: string;
  readonly data: { readonly applications?: readonly string[] };
}

/** Of the cohort, some pairings that together know every command of a pairing there, and whatever they rest on. */
export const smallHistory = (): readonly string[] => {
  const lines = readFileSync(join(root, 'data/iuc-lac/cohort.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((text) => ({ text, ...(JSON.parse(text) as Line) }));
  const of = (id: string) => lines.filter(({ to }) => to === id);
  const wanted = new Set<string>();
  const known = new Set<string>();
  for (const { to, do: command } of lines.filter(({ to }) => to.startsWith('pairing/')))
    if (!known.has(command)) {
      wanted.add(to);
      for (const each of of(to)) known.add(each.do);
    }
  const unusual = lines.filter(({ do: command }) => /^(WaiveRule|PutOnReserveList|RejectApplication|WithdrawApplication)$/.test(command));
  for (const { to } of unusual) wanted.add(to);
  for (const { to, data } of lines) if (wanted.has(to)) for (const id of data.applications ?? []) wanted.add(`application/${id}`);
  const told = () => lines.filter(({ to }) => wanted.has(to) || /^(dataSet|ruleSet|call)\//.test(to));
  for (let grown = true; grown;) {
    const text = told()
      .map(({ text }) => text)
      .join('\n');
    const parties = lines.filter(({ to }) => to.startsWith('party/') && !wanted.has(to) && text.includes(`"${to.slice('party/'.length)}"`));
    for (const { to } of parties) wanted.add(to);
    grown = parties.length > 0;
  }
  return told().map(({ text }) => text);
};

/** People, a document, and what was forgotten again. */
const inTheVault = async (puente: Puente): Promise<void> => {
  const { vault } = puente;
  const [ana, luis] = [await vault.people.register({ name: 'Ana Núñez' }), await vault.people.register({ name: 'Luis' })];
  const by = await vault.actors.actorFor('https://issuer.example', 'an officer');
  const said = { mediaType: 'text/plain', language: 'es', by } as const;
  const { document } = await vault.documents.keep(Readable.from([Buffer.from('Plan de acción: carriles bici')]), said);
  const kept = (await puente.store.readAll(0n, 10_000, { types: ['PlanApproved'] })).at(-1)!;
  const id = kept.stream.slice('pairing-'.length);
  await onBus(puente, async (execute) => {
    for (const [command, body] of [
      ['DesignateFocalPoint', { side: 'european', person: ana }],
      ['DesignateFocalPoint', { side: 'latin-american', person: luis }],
      ['AttachPlanDocument', { version: kept.data['version'], document: document.digest }],
    ] as const)
      await execute(
        new Execute(pairing, id, command, body, { actor: by, roles: ['programme-officer', 'admin'], occurredOn: kept.metadata.occurredOn }),
      );
    await settled(puente, execute);
  });
  await vault.people.forget(luis);
};

/** Rows as statements: JSON names their columns, so that a dump needs no tool of its own to be read again. */
const rowsOf = async (pool: Pool): Promise<readonly string[]> => {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') and tablename not in ('lease') order by 1`,
  );
  const statements: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `select to_jsonb(t)::text as row from ${name} t order by to_jsonb(t)::text collate "C"`,
    );
    if (rows.length === 0) continue;
    const quoted = `[${rows.map(({ row }) => row).join(',\n')}]`.replaceAll("'", "''");
    // A migration may have put rows there.
    statements.push(`delete from ${name};`);
    statements.push(`insert into ${name} overriding system value select * from jsonb_populate_recordset(null::${name}, '${quoted}');`);
  }
  const { rows: counted } = await pool.query<{ statement: string }>(
    `select format('select setval(pg_get_serial_sequence(%L, %L), (select coalesce(max(%I), 0) + 1 from %I.%I), false);',
       format('%I.%I', table_schema, table_name), column_name, column_name, table_schema, table_name) as statement
     from information_schema.columns where is_identity = 'YES' order by 1`,
  );
  return [...statements, ...counted.map(({ statement }) => statement)];
};

export const digestOf = (sql: string) => createHash('sha256').update(sql).digest('hex');

const schema = (): readonly string[] => [
  'create schema store;',
  'create table store.migrations (name text primary key, digest text not null, applied_at timestamptz not null default now());',
  ...migrations.flatMap(({ name, sql }) => [`-- migration ${name} ${digestOf(sql)}`, sql, ';']),
];

const write = async (): Promise<void> => {
  const file = dumpOf(versionNow());
  if (existsSync(file)) throw new Error(`${file} is there: what a release made is kept as it is; raise the version in package.json first`);
  const home = mkdtempSync(join(tmpdir(), 'puente-release-'));
  await chmod(home, 0o755);
  const masterKey = randomBytes(32).toString('base64');
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const embedded = await startEmbedded({ home, log });
  const puente = await openPuente({ home, databaseUrl: embedded.url, masterKey, log });
  try {
    const history = join(home, 'history.jsonl');
    writeFileSync(history, smallHistory().join('\n'));
    const { bad } = await importInto(puente, history);
    if (bad.length > 0) throw new Error(`${bad.length} lines were refused: ${JSON.stringify(bad[0])}`);
    await inTheVault(puente);
    const head = [`-- Puente ${versionNow()}, made by npm run release-dump; never changed afterwards`, `-- master key ${masterKey}`];
    writeFileSync(file, `${[...head, ...schema(), ...(await rowsOf(puente.pool))].join('\n')}\n`);
    log(`${file}: ${await puente.store.countAfter(0n)} events`);
  } finally {
    await puente.close();
    await embedded.stop();
    rmSync(home, { recursive: true, force: true });
  }
};

if (require.main === module)
  write().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
