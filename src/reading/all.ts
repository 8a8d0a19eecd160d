import type { ReadModel } from '../engine/read-model';
import type { Migration } from '../store/migrate';
import { assignmentsMigration, assignmentsModel } from './assignments';
import { boardMigration, boardModel, boardToDoMigration } from './board';
import { callsMigration, callsModel } from './calls';
import { candidatesMigration, candidatesModel } from './candidates';
import { deadlinesMigration, deadlinesModel } from './deadlines';
import { illustrativeMigration } from './illustrative';
import { listedMigration, listedModel } from './listed';
import { mergedPartiesMigration } from './merged-parties';
import { partiesMigration, partiesModel } from './parties';
import { rankingMigration, rankingModel } from './ranking';
import { timelineMigration, timelineModel } from './timeline';

/** The read models that people look things up in; figures stand on `monitoring/facts`. */
export const readModels: readonly ReadModel[] = [
  timelineModel,
  boardModel,
  callsModel,
  partiesModel,
  listedModel,
  rankingModel,
  candidatesModel,
  assignmentsModel,
  deadlinesModel,
];

export const readingMigrations: readonly Migration[] = [
  timelineMigration,
  boardMigration,
  partiesMigration,
  callsMigration,
  listedMigration,
  mergedPartiesMigration,
  rankingMigration,
  candidatesMigration,
  boardToDoMigration,
  illustrativeMigration,
  assignmentsMigration,
  deadlinesMigration,
];
