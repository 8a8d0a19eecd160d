import type { RegisteredClaim, ReportedIndicator, Reports } from '../monitoring/report';
import { type Standpoint, type Table, tableOf } from './table';

const asked = ({ asOf, position, language }: Standpoint) => ({ asOf, position: String(position), language });

/** Every figure, as the report has it. */
export const indicatorsTable = (reports: Reports): Table =>
  tableOf<ReportedIndicator>({
    name: 'indicators',
    title: 'Indicators',
    description: 'Every figure, counted by the version of its rule that was the latest by then.',
    key: ['indicator'],
    columns: {
      indicator: ['text', 'Indicator', 'Code of the indicator', ({ code }) => code],
      version: ['integer', 'Version', 'Version of the rule by which it was counted', ({ version }) => version],
      label: ['text', 'Label', 'What it is called', ({ label }) => label],
      value: ['number', 'Value', 'The figure; empty where there is none', ({ value }) => value],
      unit: ['text', 'Unit', 'What it is counted in', ({ unit }) => unit],
      noData: ['text', 'No data', 'Why there is no figure', ({ noData }) => noData],
      straddling: [
        'integer',
        'Straddling',
        'Facts dated so roughly that they may have happened later: not counted yet',
        ({ straddling }) => straddling,
      ],
      illustrative: [
        'boolean',
        'Illustrative',
        'It rests, in whole or in part, on what was made up so that published totals come out',
        ({ illustrative }) => illustrative,
      ],
      claims: ['integer', 'Claims', 'Published figures that are held against it; see the table claims', ({ claims }) => claims.length],
      agreeing: ['integer', 'Agreeing', 'Those that the recount agrees with', (row) => row.claims.filter(({ agrees }) => agrees).length],
    },
    rows: async function* (on) {
      yield (await reports.make(asked(on))).indicators;
    },
  });

/** In words: a sign of a comparison would begin a formula. */
const compared: Readonly<Record<RegisteredClaim['comparator'], string>> = {
  ...{ '=': 'exactly', '>': 'more than', '>=': 'at least', '<': 'less than', '<=': 'at most', about: 'about' },
};

type ClaimRow = Omit<RegisteredClaim, 'recounts'> & { readonly recount?: RegisteredClaim['recounts'][number] };

/** What was published beside its recounts. */
export const claimsTable = (reports: Reports): Table =>
  tableOf<ClaimRow>({
    name: 'claims',
    title: 'Claims',
    description:
      'Published figures beside their recounts, each on the day it speaks of: a row for each indicator that a claim is held against, one row for a claim that is held against none. Claim and indicator together tell rows apart.',
    key: ['claim', 'indicator'],
    columns: {
      claim: ['text', 'Claim', 'Id of the claim', ({ id }) => id],
      indicator: [
        'text',
        'Indicator',
        'The indicator it is held against; empty where it is against none',
        ({ recount }) => recount?.indicator ?? '',
        'may be empty',
      ],
      about: ['text', 'About', 'What it is a figure of', ({ about }) => about],
      is: ['text', 'Stands', 'published or withdrawn', ({ is }) => is],
      comparator: ['text', 'Comparator', 'How the value is meant; about: within five per cent', ({ comparator }) => compared[comparator]],
      value: ['number', 'Value', 'The figure as it was published', ({ value }) => value],
      claimedAsOf: ['date', 'Claimed as of', 'Of when it speaks; empty where nobody said', ({ asOf }) => asOf],
      where: [
        'text',
        'Where',
        'What it is narrowed to, as dimension:value with a space between; empty where it is of everything',
        (row) => row.where?.map(({ dimension, is }) => `${dimension}:${is}`).join(' '),
      ],
      figure: ['text', 'Figure', 'Claims of one figure can contradict each other', ({ figure }) => figure],
      derived: ['text', 'Derived', 'How it follows from what was published', ({ derived }) => derived],
      notCountable: ['text', 'Not countable', 'Why nothing here can be counted against it', ({ notCountable }) => notCountable],
      document: ['text', 'Document', 'Where it was published', ({ source }) => source.document],
      published: ['date', 'Published', 'When', ({ source }) => source.date],
      version: ['integer', 'Version', 'Version of the rule by which it was recounted', ({ recount }) => recount?.version],
      recountedAsOf: ['day', 'Recounted as of', 'The day of the recount', ({ recount }) => recount?.asOf],
      recount: ['number', 'Recount', 'The figure as it is counted here', ({ recount }) => recount?.recount],
      agrees: [
        'boolean',
        'Agrees',
        'Whether the recount is as the claim says; empty where nothing was known',
        ({ recount }) => recount?.agrees,
      ],
      contradicts: ['text', 'Contradicts', 'Ids of claims that cannot be true together with it', (row) => row.contradicts.join('; ')],
      differs: ['boolean', 'Differs', 'A recount or another claim contradicts it', ({ differs }) => differs],
    },
    rows: async function* (on) {
      const { claims } = await reports.register(asked(on));
      yield claims.flatMap(({ recounts, ...claim }) =>
        recounts.length === 0 ? [claim] : recounts.map((recount) => ({ ...claim, recount })),
      );
    },
  });
