import type { ReadModel } from '../engine/read-model';
import { facts } from '../monitoring/facts';
import type { Migration } from '../store/migrate';
import { boardMigration, boardModel } from './board';
import { callsMigration, callsModel } from './calls';
import { listedMigration, listedModel } from './listed';
import { partiesMigration, partiesModel } from './parties';
import { timelineMigration, timelineModel } from './timeline';

/** Every read model of the product. */
export const readModels: readonly ReadModel[] = [timelineModel, boardModel, callsModel, partiesModel, listedModel, facts];

export const readingMigrations: readonly Migration[] = [
  timelineMigration,
  boardMigration,
  partiesMigration,
  callsMigration,
  listedMigration,
];
