import { join } from 'node:path';

/** What the demo imports: what is counted, what was published, and the cohort that both are about. */
export const demoFiles = (data: string): readonly string[] =>
  ['indicators/indicators.jsonl', 'claims/claims.jsonl', 'iuc-lac/cohort.jsonl'].map((file) => join(data, file));
