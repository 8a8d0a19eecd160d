import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { demoFiles } from '../../src/cli/demo-files';
import { importInto } from '../../src/cli/import-file';
import { settings } from '../../src/cli/settings';
import { verifyLog } from '../../src/cli/verify-log';
import { EpochChanged } from '../../src/engine/checkpoints';
import { AskedWrongly } from '../../src/http/auth';
import { Reports } from '../../src/monitoring/report';
import { openPuente, type Puente } from '../../src/puente';
import { freshDatabase, type Database } from '../cluster/database';
import { EventStoreDbDouble } from './eventstoredb-double';

// A whole cohort, twice: work, however long a busy machine takes for it.
jest.setTimeout(600_000);

const files = demoFiles(resolve(__dirname, '../../data'));
const masterKey = randomBytes(32).toString('base64');

describe('Puente with its events in EventStoreDB', () => {
  let home: string;
  let double: EventStoreDbDouble;
  let databases: readonly Database[];
  let here: Puente;
  let there: Puente;
  const open = ({ url }: Database, eventStoreUrl?: string) =>
    openPuente({ home, databaseUrl: url, eventStoreUrl, masterKey, log: () => undefined });
  /** What is counted, without where in which log. */
  const figures = async ({ pool, store }: Puente) => {
    const { asOf, notes, straddling, indicators } = await new Reports(pool, store).make({ language: 'en' });
    return { asOf, notes, straddling, indicators };
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'puente-eventstoredb-'));
    double = await EventStoreDbDouble.start();
    databases = [await freshDatabase(), await freshDatabase()];
    here = await open(databases[0]!, double.url);
    there = await open(databases[1]!);
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    for (const database of databases) await database.drop();
    double.kill();
    await rm(home, { recursive: true });
  });

  it('imports the cohort and counts as it does with PostgreSQL', async () => {
    for (const file of files) {
      const [imported, same] = await Promise.all([importInto(here, file), importInto(there, file)]);
      expect(imported).toEqual(same);
      expect(imported.bad).toEqual([]);
    }
    expect(await figures(here)).toEqual(await figures(there));
    expect(await here.store.countAfter(0n)).toBe(await there.store.countAfter(0n));
    expect((await databases[0]!.pool.query('select from store.events')).rowCount).toBe(0);
  });

  it('verifies its log', async () => {
    const checks = await verifyLog(here);
    expect(checks.flatMap(({ failures }) => failures)).toEqual([]);
    expect(checks[0]!.runs).toBe(await here.store.countAfter(0n));
  });

  it('does not read on with read models that were made from another store', async () => {
    const other = await open(databases[0]!);
    await expect(other.runner.catchUp()).rejects.toThrow(EpochChanged);
    await other.close();
  });

  it('takes the address from the environment, and says what is wrong with it', () => {
    expect(settings({ EVENTSTORE_URL: double.url }).eventStoreUrl).toBe(double.url);
    expect(settings({ EVENTSTORE_URL: '' }).eventStoreUrl).toBeUndefined();
    expect(() => settings({ EVENTSTORE_URL: 'postgres://localhost' })).toThrow(AskedWrongly);
  });
});
