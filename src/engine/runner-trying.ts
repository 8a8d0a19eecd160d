import { checkpoints } from './checkpoints';
import { parked } from './runner-parking';
import type { Surroundings, Worker } from './runner-worker';

/** What trying a parked stream again would come to. */
export interface Tried {
  readonly stream: string;
  readonly revision: number;
  /** What it would fail with; left out where it would be taken in. */
  readonly error?: string;
}

/** Tries what waits in a read model, one stream or all, where it stands now, and leaves nothing behind. */
export const wouldRetry = async (worker: Worker, { pool, store }: Surroundings, stream?: string): Promise<readonly Tried[]> => {
  const at = (await checkpoints(pool, [worker.key], await store.epoch())).get(worker.key) ?? 0n;
  const waiting = (await parked(pool, worker.filling.parkedAs)).filter(
    (each) => each.droppedBecause === undefined && (stream ?? each.stream) === each.stream,
  );
  const tried: Tried[] = [];
  for (const each of waiting) {
    const error = await worker.wouldTakeIn(each, at);
    tried.push({ stream: each.stream, revision: each.revision, ...(error && { error: error.message }) });
  }
  return tried;
};
