import { join } from 'node:path';

/** What the demo imports: what is counted, what was published, and what both are about: the cohort, and the programmes of the region. */
export const demoFiles = (data: string): readonly string[] =>
  ['indicators/indicators.jsonl', 'claims/claims.jsonl', 'iuc-lac/cohort.jsonl', 'pipa/pipa.jsonl', 'pipa/claims.jsonl'].map((file) =>
    join(data, file),
  );
