/**
 * Makes `pipa.jsonl` and `claims.jsonl`, the programmes, initiatives and affiliated projects of Ibero-American cooperation (PIPA) and
 * what was published about them, as lines to import, from the tables beside it. No randomness and no clock: the same tables give
 * the same files. What each rule keeps and leaves out: README.md.
 *
 *     node -r @swc-node/register data/pipa/make.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claims } from './claims';
import { events } from './events';
import { fileOf } from '../lines';
import { line } from './lines';

const declared = line(
  'dataSet/pipa',
  'DeclareDataSet',
  {
    title: 'Programmes, initiatives and affiliated projects of Ibero-American cooperation, 1984-2025',
    source: 'Public pages of 2004 to 2025, each named where it is used (data/pipa/README.md)',
    illustrative: false,
    measures: [],
    note: 'Taken from the opening part of public pages. Nothing is made up. What has no date, or is uncertain, is left out of the events and stays in the tables.',
  },
  '2025-11',
  'declared',
);

/** Both files, by their names. */
export const make = () => ({
  'pipa.jsonl': fileOf(
    [
      'Programmes, initiatives and affiliated projects of Ibero-American cooperation, as commands to import, stream by stream.',
      'Made by data/pipa/make.ts from the tables beside it; do not edit by hand. Nothing is illustrative. Sources and rules: README.md.',
    ],
    [declared, ...events],
  ),
  'claims.jsonl': fileOf(
    [
      'Figures that public pages state of the Ibero-American programmes, initiatives and affiliated projects: one PublishClaim for each.',
      'Made by data/pipa/make.ts from the tables beside it; do not edit by hand. Two values for one figure are two claims. README.md.',
    ],
    claims,
  ),
});

if (require.main === module) for (const [file, text] of Object.entries(make())) writeFileSync(join(__dirname, file), text);
