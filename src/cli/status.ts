import Table from 'cli-table3';
import { type WorkStatus, workStatus } from '../engine/doer-status';
import type { ReadModelStatus } from '../engine/runner-status';
import { policies } from '../lifecycles/policies';
import type { Settings } from '../puente';
import { opened } from './opened';

export interface Status {
  readonly readModels: readonly ReadModelStatus[];
  /** What policies and the calendar demand and is not done. */
  readonly work: readonly WorkStatus[];
}

const tableOf = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, i) => (i === 0 || i === head.length - 1 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
};

/** For a terminal. */
export const renderStatus = ({ readModels, work }: Status): string =>
  [
    tableOf(
      ['Brought forward', 'Position', 'Events behind', 'Sign of life', 'Parked', 'Trouble'],
      readModels.map(({ name, position, lag, heartbeat, parked, trouble }) => [
        name,
        position ?? '—',
        lag,
        heartbeat === undefined ? '—' : `${(heartbeat / 1_000).toFixed(1)} s`,
        parked,
        trouble ?? '',
      ]),
    ),
    tableOf(
      ['Done by itself', 'Waiting', 'Failed', 'Refused', 'Oldest'],
      work.map(({ name, waiting, failed, refused, oldest }) => [
        name,
        waiting,
        failed,
        refused,
        oldest ? `${oldest.cause}, ${oldest.since}` : '',
      ]),
    ),
    ...(work.some(({ failed, refused }) => failed + refused > 0) || readModels.some(({ parked }) => parked > 0)
      ? ['`puente parked` lists what is parked, failed or refused, each with its reason.']
      : []),
  ].join('\n');

/** How far read models have come, and what there is to do by itself. */
export const status = async (settings: Settings, format: 'table' | 'json'): Promise<void> => {
  await opened(settings, async ({ runner, pool }) => {
    const found = { readModels: await runner.status(), work: await workStatus(pool, policies, new Date()) };
    process.stdout.write(`${format === 'json' ? JSON.stringify(found, null, 2) : renderStatus(found)}\n`);
  });
};
