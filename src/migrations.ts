import { deliveryMigrations } from './delivery/schema';
import { engineMigrations } from './engine/engine-schema';
import { factsMigrations } from './monitoring/facts';
import { indicatorsMigration } from './monitoring/indicators';
import { readingMigrations } from './reading/all';
import type { Migration } from './store/migrate';
import { storeMigrations } from './store/postgres-schema';
import { vaultMigrations } from './vault/schema';

/** Every table of the product, in the order in which they are made: each folder adds its own. */
export const migrations: readonly Migration[] = [
  ...storeMigrations,
  ...engineMigrations,
  ...vaultMigrations,
  ...factsMigrations,
  ...readingMigrations,
  indicatorsMigration,
  ...deliveryMigrations,
];
