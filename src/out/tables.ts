import type { Pool } from 'pg';
import type { Streams } from '../engine/streams';
import { Monitoring } from '../monitoring/monitoring';
import { Progress } from '../monitoring/progress';
import { Reports } from '../monitoring/report';
import type { EventStore } from '../store/port';
import { factsTable } from './facts-table';
import { claimsTable, indicatorsTable } from './figures-tables';
import { pairingsTable } from './pairings-table';
import { resultsTable } from './results-table';
import type { Table } from './table';

/** Where everything that is exported comes from. */
export interface Sources {
  readonly pool: Pool;
  readonly store: Pick<EventStore, 'epoch' | 'read'>;
  readonly streams: Pick<Streams, 'history' | 'rules'>;
}

export const tableNames = ['indicators', 'claims', 'facts', 'pairings', 'results'] as const;
export type TableName = (typeof tableNames)[number];

/** Every table, in the order of the names. */
export const tablesOf = ({ pool, store, streams }: Sources): Readonly<Record<TableName, Table>> => {
  const reports = new Reports(pool, store);
  return {
    indicators: indicatorsTable(reports),
    claims: claimsTable(reports),
    facts: factsTable(pool),
    pairings: pairingsTable(pool, streams),
    results: resultsTable(pool, new Progress(pool, store, new Monitoring(pool, store))),
  };
};
