import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Indicator, PublishedClaim } from '../../src/monitoring/indicators';
import { countingOf } from '../../src/parts/indicator-counting';
import type { DefineIndicator } from '../../src/parts/indicator';
import type { ClaimEvents } from '../../src/parts/claim-course';

const linesOf = (file: string) =>
  readFileSync(join(__dirname, '../../data', file), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { readonly to: string; readonly data: unknown })
    .map(({ to, data }) => ({ id: to.split('/')[1]!, data }));

const indicators = linesOf('indicators/indicators.jsonl').map(({ id, data }): Indicator => {
  const { version, label, unit, level, rule, source, counting } = data as DefineIndicator;
  return { code: id, version, label, unit, level, rule, source, counting: countingOf(counting) };
});
const claims = linesOf('claims/claims.jsonl').map(({ id, data }): PublishedClaim => ({
  id,
  claim: { is: 'published', published: data as ClaimEvents['ClaimPublished'] },
}));

/** The indicators and claims of the programme as its data define them, known at every position. */
export const programme = { at: () => Promise.resolve(indicators), claims: () => Promise.resolve(claims) };
