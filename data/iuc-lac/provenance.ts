/** What the file says of itself: what is published, what is illustrative, and which figures rest on made-up detail. */
import type { Line } from '../lines';
import { told } from './lines';

const source = 'IUC-LAC closing newsletter (December 2020); IUC presentation in Spanish (2019); public pages (README.md)';
const isPublished =
  'Published: the 26 pairings with their parties; 3 calls; 9 EU member states and 5 Latin American countries; the totals of 23 plans (UCAPs), 58 pilot designs, 20 cooperation agreements and more than 520 actors; and what README.md lists of single pairings.';
const isIllustrative =
  'Illustrative: which pairings have how many designs and actors, which six have no agreement and which three of them no UCAP, the dates of most steps, visits and delegations beyond those listed, themes beyond those listed, amounts, applications that failed, checks of eligibility, both waivers.';
/** What is counted from made-up detail, though the totals of some are published. */
const measures = [
  'party-registered',
  'calls-extended',
  'applications',
  'applications-selected',
  'applications-on-reserve-list',
  'applications-rejected',
  'applications-checked',
  'eligibility-rules-failed',
  'eligibility-rules-waived',
  'pairings-ended',
  'pairings-open',
  'themes-agreed',
  'actors-engaged',
  'actors-active',
  'missions-held',
  'delegates',
  'ucaps-approved',
  'pilot-designs',
  'pilots-funded',
  'pilot-funding',
  'budget-allocated',
  'budget-spent',
  'budget-reallocated',
  'pilots-started',
  'pilots-completed',
  'pilots-abandoned',
  'agreements-concluded',
  'agreements-in-force',
];

/** Stands first among the events. */
export const declaration = (): readonly Line[] =>
  told('dataSet/iuc-lac', [
    'DeclareDataSet',
    {
      title: 'IUC-LAC city-to-city cooperation, 2017-2020',
      source,
      illustrative: true,
      measures,
      note: `${isPublished}\n${isIllustrative}`,
    },
    '2020-12',
    'declared',
  ]);

/** Stands first in the file, as comments. */
export const header = [
  'The city-to-city cooperation of IUC-LAC, 2017-2020: 26 pairings as commands to import, in the order they are recorded.',
  'Made by data/iuc-lac/make.ts from parties.csv and pairings.csv; do not edit by hand. Sources: README.md.',
  '',
  'PUBLISHED',
  '- The 26 pairings and their parties (nine of them read from a garbled layout or by elimination: see pairings.csv).',
  '- Three calls with the deadlines of 11 and 21 September 2017, 8 March 2018, 4 and 8 March 2019; that the later ones extend the earlier is our reading.',
  '- Totals: 23 UCAPs, 58 pilot designs, 20 cooperation agreements, more than 520 actors, 9 EU member states, 5 Latin American countries.',
  '- First meeting of the first round in Brussels on 9 and 10 November 2017; the third round announced in August 2019; the programme ended on 30 November 2020.',
  '- Ibagué-Graz: Graz in Ibagué from 9 to 12 April, the return announced for June and made from 24 to 29 September; the pages read give no year, 2018 follows from the round.',
  '- Grande ABC-Turin: visits in February 2018 and from 14 May 2018, the second with six people. São Leopoldo in Viana do Castelo from 24 to 29 June 2018, their accord of November 2017. Santo Tirso was expected in Araripina in March 2018.',
  '- Cartagena-Málaga: virtual meetings, UCAP, an open-air meeting place in El Espinal; there and in Barranquilla unused visit money became seed money.',
  '- Organisations that carry a name (not always the side they worked with).',
  '',
  'ILLUSTRATIVE: made up so that the published totals come out, spread by fixed arithmetic over the pairings',
  '- Which pairing has how many pilot designs and actors; actors without a name are numbers, not organisations.',
  '- Which six pairings have no cooperation agreement, and which three of them no UCAP. Nothing is known against any of these cities.',
  '- Dates of all steps not named above, the other missions, their delegations and reports, returned and amended plans, all amounts of funding and budgets, and when the visit money was converted.',
  '- Themes of most pairings, evidence of applications, languages of agreements, opening agreements but one.',
  '- NOT CHECKED: the populations, census figures entered without the publication at hand. The checks of eligibility are made on them, and so is the one waiver (Benedito Novo): Brazil selected cities of every size, but who waived what is our reading.',
  '- The applicants named illustrative, and the waiver of a late signature (Viña del Mar-Almada).',
];
