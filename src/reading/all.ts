import type { ReadModel } from '../engine/read-model';
import type { Migration } from '../store/migrate';
import { boardMigration, boardModel } from './board';
import { callsMigration, callsModel } from './calls';
import { listedMigration, listedModel } from './listed';
import { mergedPartiesMigration } from './merged-parties';
import { partiesMigration, partiesModel } from './parties';
import { timelineMigration, timelineModel } from './timeline';

/** The read models that people look things up in; figures stand on `monitoring/facts`. */
export const readModels: readonly ReadModel[] = [timelineModel, boardModel, callsModel, partiesModel, listedModel];

export const readingMigrations: readonly Migration[] = [
  timelineMigration,
  boardMigration,
  partiesMigration,
  callsMigration,
  listedMigration,
  mergedPartiesMigration,
];
