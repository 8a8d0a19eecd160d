import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { verifyLog } from '../../src/cli/verify-log';
import { migrations } from '../../src/migrations';
import { everyReadModel, openPuente, type Puente } from '../../src/puente';
import { copyStore } from '../../src/store/copying';
import { migrate } from '../../src/store/migrate';
import { PostgresCopyTarget } from '../../src/store/postgres-copy';
import { dumpOf, dumps, versionNow } from '../../scripts/release-dump';
import { type Database, freshDatabase } from '../cluster/database';
import { onServer, withDatabase } from '../cluster/server';

const releases = readdirSync(dumps)
  .filter((name) => name.endsWith('.sql'))
  .map((name) => name.slice(0, -'.sql'.length));
const textOf = (release: string) => readFileSync(dumpOf(release), 'utf8');

describe('a release', () => {
  it('keeps what its database looks like: when the version is raised, run npm run release-dump and commit what it writes', () => {
    expect([versionNow(), existsSync(dumpOf(versionNow()))]).toEqual([versionNow(), true]);
  });

  it.each(releases)(
    'made databases (%s) that later ones still know: put a changed migration back, and write the change as another one',
    (release) => {
      const now = new Map(migrations.map(({ name, sql }) => [name, createHash('sha256').update(sql).digest('hex')]));
      const changed = [...textOf(release).matchAll(/^-- migration (\S+) ([0-9a-f]{64})$/gm)].filter(
        ([, name, digest]) => now.get(name!) !== digest,
      );
      expect(changed.map(([, name]) => name)).toEqual([]);
    },
  );
});

describe.each(releases)('a database of release %s', (release) => {
  const home = mkdtempSync(join(tmpdir(), 'puente-upgrade-'));
  const text = textOf(release);
  const [, masterKey] = /^-- master key (\S+)$/m.exec(text)!;
  const name = `${process.env['PUENTE_TEST_PREFIX']!}_upgraded_${randomBytes(4).toString('hex')}`;
  const url = withDatabase(process.env['PUENTE_TEST_SERVER']!, name);
  let fresh: Database;
  let upgraded: Puente;
  let anew: Puente;
  const open = (databaseUrl: string) => openPuente({ home, databaseUrl, masterKey, log: () => undefined });

  beforeAll(async () => {
    await onServer(process.env['PUENTE_TEST_SERVER']!, `create database ${name}`);
    await onServer(url, text);
    upgraded = await open(url);
    fresh = await freshDatabase();
    anew = await open(fresh.url);
    const target = new PostgresCopyTarget(anew.store, anew.pool, fresh.url);
    await copyStore(upgraded.store, target, { pause: () => Promise.resolve() });
    await target.close();
    await anew.close();
    // Its epoch is another since.
    anew = await open(fresh.url);
  });
  afterAll(async () => {
    await upgraded.close();
    await anew.close();
    await fresh.drop();
    await onServer(process.env['PUENTE_TEST_SERVER']!, `drop database ${name} with (force)`);
    rmSync(home, { recursive: true });
  });

  const rowsOf = async (pool: Pool, table: string) =>
    (await pool.query<{ row: object }>(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text collate "C"`)).rows;
  const read = async ({ pool }: Puente) => {
    const found: Record<string, readonly object[]> = {};
    for (const table of everyReadModel.flatMap(({ tables }) => tables)) found[table] = await rowsOf(pool, table);
    found['tasks'] = await rowsOf(pool, '(select policy, cause, path, position, stream, command, body from engine.task)');
    return found;
  };

  it('is brought to the same tables, columns, indexes and constraints as a new one', async () => {
    const shape = async (pool: Pool) =>
      (
        await pool.query<{ what: string }>(
          `select format('%s.%s.%s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable, column_default) as what
           from information_schema.columns where table_schema in (select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
           union all select indexdef from pg_indexes where schemaname !~ '^pg_'
           union all select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where conrelid <> 0
           order by 1`,
        )
      ).rows.map(({ what }) => what);
    expect(await migrate(upgraded.pool, migrations)).toEqual([]);
    expect(await shape(upgraded.pool)).toEqual(await shape(anew.pool));
  });

  it('has events of shapes that are still read', async () => {
    const checks = await verifyLog(upgraded);
    expect(checks[0]!.runs).toBeGreaterThan(100);
    expect(checks.flatMap(({ failures }) => failures)).toEqual([]);
  });

  it('shows the same once it has caught up, and filled anew, as a new one with the same events', async () => {
    await Promise.all([upgraded.runner.catchUp(), anew.runner.catchUp()]);
    const wanted = await read(anew);
    expect(wanted['reading.timeline']!.length + wanted['tasks']!.length).toBeGreaterThan(100);
    expect(await read(upgraded)).toEqual(wanted);
    for (const { name } of everyReadModel) await upgraded.runner.rebuild(name);
    expect(await read(upgraded)).toEqual(wanted);
  });

  it('still knows the people, words and documents it knew, and not the forgotten', async () => {
    const people = await upgraded.pool.query<{ id: string }>('select id from vault.person');
    const found = [...(await upgraded.vault.people.find(people.rows.map(({ id }) => id))).values()];
    expect(found).toContainEqual(expect.objectContaining({ is: 'person', name: 'Ana Núñez' }));
    expect(found).toContainEqual(expect.objectContaining({ is: 'forgotten' }));
    const texts = await upgraded.pool.query<{ id: string }>('select id from vault.text');
    const words = [...(await upgraded.vault.texts.reveal(texts.rows.map(({ id }) => id))).values()];
    expect(words).toContainEqual({ is: 'text', words: 'Retos comunes y compromiso del municipio.' });
    for await (const document of upgraded.vault.documents.all()) {
      const bytes: Buffer[] = [];
      for await (const piece of await upgraded.vault.documents.open(document)) bytes.push(piece);
      expect(Buffer.concat(bytes).toString()).toBe('Plan de acción: carriles bici');
    }
  });

  it('takes further events', async () => {
    const before = await upgraded.store.head();
    const [last] = (await upgraded.store.readAll(before - 1n, 1)).map(({ stream, revision }) => ({ stream, revision }));
    const event = {
      id: '00000000-0000-4000-8000-00000000000f',
      type: 'Noted',
      data: {},
      metadata: (await upgraded.store.readAll(0n, 1))[0]!.metadata,
    };
    expect(await upgraded.store.append(last!.stream, [event], last!.revision)).toMatchObject({ position: before + 1n });
    expect(
      await upgraded.store.append('pairing-born-later', [{ ...event, id: '00000000-0000-4000-8000-00000000000e' }], 'none'),
    ).toMatchObject({ revision: 0 });
  });
});
