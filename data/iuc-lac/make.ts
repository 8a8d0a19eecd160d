/**
 * Makes `cohort.jsonl`, the 26 city pairings of IUC-LAC (2017-2020) as lines to import, from `parties.csv` and `pairings.csv`.
 * What the sources say stands in the tables and in `sources.ts`; they give only totals for the rest, which is spread over
 * the pairings by fixed arithmetic, and the file says so. No randomness and no clock: the same tables give the same file.
 *
 *     node -r @swc-node/register data/iuc-lac/make.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applications, calls, checks, register, selections, unsuccessful } from './applications';
import { course } from './courses';
import { fileOf, type Line } from '../lines';
import { told } from './lines';
import { declaration, header } from './provenance';
import { ruleSet } from './sources';
import { agreed, pairings, planned } from './tables';

/** The whole file. */
export const make = (): string => {
  if (planned.length !== 23 || agreed.length !== 20) throw new Error('the published totals do not come out');
  const lines: readonly Line[] = [
    ...declaration(),
    ...told('ruleSet/iuc-lac-2017', [
      'PublishRuleSet',
      ruleSet(50_000, 'IUC call for European cities (2017): more than 50,000 inhabitants'),
      '2017',
      'published',
    ]),
    ...told('ruleSet/iuc-lac-2019', [
      'PublishRuleSet',
      ruleSet(100_000, 'IUC presentation in Spanish (2019): cities of more than 100,000 inhabitants, or sets of them'),
      '2019',
      'published',
    ]),
    ...register(),
    ...calls(),
    ...applications(),
    ...checks(),
    ...selections(),
    ...unsuccessful(),
    ...pairings.flatMap(course),
  ];
  return fileOf(header, lines);
};

if (require.main === module) writeFileSync(join(__dirname, 'cohort.jsonl'), make());
