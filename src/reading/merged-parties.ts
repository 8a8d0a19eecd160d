import type { PoolClient } from 'pg';
import type { Batch, Touched } from '../engine/read-model';
import { rootsOf } from '../engine/roots';
import { party } from '../lifecycles/party';
import type { MergingEvents } from '../parts/party-merging';
import type { Migration } from '../store/migrate';
import type { Table } from './rows-per-stream';

export const mergedPartiesMigration: Migration = {
  name: 'reading-6-merged-parties',
  sql: `
    create table reading.merged_parties (
      stream text collate "C" primary key,
      id text collate "C" not null unique,
      target text collate "C" not null,
      -- Position of the merge as it was first recorded.
      recorded bigint not null,
      -- The party it counts as in the end; none where the merge is passed over, since it closes a circle.
      root text collate "C"
    );
    create index merged_parties_by_root on reading.merged_parties (root, id);
  `,
};

const mergingEvents: readonly string[] = ['PartyMerged', 'PartySplit', 'PartyMergeGaveWay'] satisfies (keyof MergingEvents)[];
const everMerged = ({ recorded }: Touched) => recorded.some(({ type }) => type === 'PartyMerged');

/** Parties whose merge stands, each with what its own events say; roots follow from all of them together. */
export const mergedParties: Table = {
  name: 'reading.merged_parties',
  kinds: [party.name],
  rows: ({ stream, id, standing, recorded }) => {
    const last = standing.findLast(({ type }) => mergingEvents.includes(type));
    if (last?.type !== 'PartyMerged') return [];
    return [{ stream, id, target: (last.data as { into: string }).into, recorded: String(recorded[last.revision]!.position) }];
  },
};

/** Follows the merges to their roots again where the batch may have changed them. */
export const resolveRoots = async ({ touched, table }: Batch, transaction: PoolClient): Promise<void> => {
  if (!touched.some(everMerged)) return;
  const merged = table(mergedParties.name);
  await transaction.query(
    `with recursive ${rootsOf(`select id as member, target, recorded from ${merged}`)}
     update ${merged} changed set root = now.root
     from (select id, roots.root from ${merged} left join roots on member = id) now
     where changed.id = now.id and changed.root is distinct from now.root`,
  );
};

/** The party that another counts as, if any. Asked for each row that is shown, so that it costs what the page is long. */
export const rootOf = (id: string): string => `(select merged.root from reading.merged_parties merged where merged.id = ${id})`;

/** Rows of parties `p` with `merged_into` and, where others were merged into them, `also_registered_as`. */
export const partiesWithMerges = `select p.shown, ${rootOf('p.id')} as merged_into, (
    select json_agg(json_build_object('id', also.id, 'name', also.name) order by also.id)
    from reading.merged_parties other join reading.parties also on also.id = other.id where other.root = p.id) as also_registered_as
  from reading.parties p`;
