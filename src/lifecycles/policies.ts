import type { Policy } from '../kernel/policy';
import { keptDeadlines } from './kept-deadlines';
import { pairedApplications } from './paired-applications';
import { reviewedMerges } from './reviewed-merges';
import { reviewedMinimum } from './reviewed-minimum';

/** What follows in one stream from the facts of another: everything that Puente does by itself, besides its timers. */
export const policies: readonly Policy[] = [pairedApplications, reviewedMerges, reviewedMinimum, ...keptDeadlines];
