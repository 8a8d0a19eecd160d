import { application, call2, correction, party, planned, retraction, selected } from '../reading/cooperation';
import { formed, type Told } from '../reading/recording';

const text = { text: '00000000-0000-4000-8000-000000000099', digest: 'd'.repeat(64) };
const worded = (words: string) => ({ en: words, es: words, pt: words });
const officer = 'c0a1f0de-0000-4000-8000-000000000001';

const [pairingFormed, ...rest] = planned;
/** A pairing with a budget, a mission that was dated wrong, and a pilot that was taken back. */
const pairing: readonly Told[] = [
  pairingFormed!,
  ['BudgetAllocated', { allocation: 'visits', line: 'missions', amountMinor: 20_000_00, currency: 'EUR' }, '2017-07'],
  [
    'BudgetReallocated',
    {
      reallocation: 'seed',
      from: 'missions',
      to: 'pilot',
      newLine: true,
      amountMinor: 5_000_00,
      currency: 'EUR',
      approvedBy: 'unit',
      reason: text,
    },
    '2017-08',
  ],
  ['BudgetSpent', { expense: 'flights', line: 'missions', amountMinor: 1_200_50, currency: 'EUR' }, '2017-11-30'],
  ...rest,
];
const corrected: readonly Told[] = [
  ...pairing,
  retraction(pairing.length - 1, pairing.at(-1)![0]),
  correction(3, ['BudgetSpent', { expense: 'flights', line: 'missions', amountMinor: 1_500_00, currency: 'EUR' }, '2017-12-01']),
];

const indicator = (code: string, counting: object): readonly [string, readonly Told[]] => [
  `indicator-${code}`,
  [
    [
      'IndicatorDefined',
      { version: 1, label: worded(code), unit: worded('things'), level: 'output', counting, rule: 'as counted', source: 'a newsletter' },
      '2020',
    ],
  ],
];

/** Streams that together make a row in every table there is but those of the calendar. */
export const streams: readonly (readonly [stream: string, facts: readonly Told[]])[] = [
  ['party-malaga', party('Málaga', 'city', 'ES')],
  ['party-cartagena', party('Cartagena')],
  [
    'party-malaga-town',
    [
      ...party('Malaga', 'city', 'ES'),
      ['PartyMerged', { duplicate: 'malaga-town', into: 'malaga', authority: 'segib', reason: text }, '2018'],
    ],
  ],
  ['call-call-2', [...call2, ['OfficerAssigned', { officer }, '2017-01-11']]],
  ['application-malaga-2', [...application('malaga'), selected]],
  ['pairing-cartagena-malaga', corrected],
  [
    'dataSet-cohort',
    [['DataSetDeclared', { title: 'Cohort', source: 'a newsletter', illustrative: true, measures: [], note: text }, '2020']],
  ],
  indicator('pairings-formed', { aggregation: 'sum', measure: 'pairings-formed' }),
  indicator('parties', { aggregation: 'distinct', measure: 'party-slots', of: 'subject' }),
  indicator('spent', { aggregation: 'sum', measure: 'budget-spent', where: { currency: 'EUR' } }),
  [
    'claim-pairings',
    [
      [
        'ClaimPublished',
        {
          about: worded('Pairings'),
          value: 26,
          comparator: '=',
          against: ['pairings-formed'],
          source: { document: 'A newsletter', date: '2020', says: '26 pairings' },
        },
        '2020',
      ],
    ],
  ],
];

/** What is recorded while somebody looks: new streams, more of old ones, and corrections. */
export const meanwhile: readonly (readonly [stream: string, facts: readonly Told[], has: number])[] = [
  ['pairing-later', formed, 0],
  ['party-cartagena', [...party('Cartagena'), ['PartyAliasAdded', { alias: 'Cartagena de Indias' }, '2019']], 1],
  ['pairing-cartagena-malaga', [...corrected, retraction(pairing.length, 'FactRetracted')], corrected.length],
  ['party-malaga-town', [...streams[2]![1], ['PartySplit', { from: 'malaga', authority: 'segib', reason: text }, '2019']], 2],
];
