/** What comes before a pairing: its parties, the calls, and the applications with what was decided on them. */
import type { Line } from '../lines';
import { told } from './lines';
import { rounds } from './sources';
import { applicationOf, pairings, parties, partyOf, roundOf } from './tables';
import { type Language, words } from './words';

export const register = (): readonly Line[] =>
  parties.flatMap(({ id, name, kind, country, members, aliases, population }) => {
    const call = pairings.find(({ sides }) => [...sides.european, ...sides['latin-american']].includes(id))?.call ?? '2017';
    const data = { name, kind, countries: [country], ...(members.length > 0 && { members }) };
    return told(
      `party/${id}`,
      ['RegisterParty', data, call, 'registered'],
      ...aliases.map((alias, n) => ['AddAlias', { alias }, '2020-12', `alias-${n + 1}`] as const),
      ...(population ? [['RecordPopulation', population, String(population.year), `population-${population.year}`] as const] : []),
    );
  });

export const calls = (): readonly Line[] =>
  Object.entries(rounds).flatMap(([year, { round, rules, opened, deadline, extended, closed }]) => {
    const title = `IUC-LAC city-to-city cooperation, call of ${year}`;
    return told(
      `call/iuc-lac-${year}`,
      ['OpenCall', { title, component: 'C1', round, rules, deadline, timeZone: 'Europe/Brussels' }, opened, 'opened'],
      ...(extended
        ? [
            [
              'ExtendDeadline',
              { deadline: extended[1], reason: 'Two public pages give an earlier and a later deadline; taken as an extension.' },
              extended[0],
              'extended',
            ] as const,
          ]
        : []),
      ['CloseCall', {}, closed, 'closed'],
    );
  });

const evidenceFor = (i: number, language: Language) =>
  [
    { kind: 'key-actors-mobilised', note: words.keyActors[language] },
    { kind: 'other-programmes', note: words.programmes[language] },
    { kind: 'urban-strategy', note: words.strategy[language] },
    { kind: 'staff-committed', note: words.staff[language] },
  ].filter((_, n) => n !== i % 4);

export const applications = (): readonly Line[] =>
  pairings.flatMap(({ i, sides, call, themes: wanted, language }) =>
    (['latin-american', 'european'] as const).flatMap((side) =>
      sides[side].flatMap((party) => {
        const { applied } = roundOf(call);
        return told(`application/${applicationOf(party, call)}`, [
          'SubmitApplication',
          { call: `iuc-lac-${call}`, party, side, themes: wanted, evidence: evidenceFor(i, language) },
          applied,
          'submitted',
        ]);
      }),
    ),
  );
/** Brazil selected cities of every size: what its smallest lacks by the rules of the call was waived by whoever selected there, in our reading. */
const everySize = 'benedito-novo';
export const checks = (): readonly Line[] =>
  pairings.flatMap(({ sides, call }) =>
    [...sides['latin-american'], ...sides.european].flatMap((party) => {
      const { checked } = roundOf(call);
      const waiver = { rule: 'population', authority: 'selection-br', reason: 'O Brasil selecionou cidades de todos os tamanhos.' };
      return told(
        `application/${applicationOf(party, call)}`,
        ['CheckEligibility', {}, checked, 'eligibility-checked'],
        ...(party === everySize ? [['WaiveRule', waiver, checked, 'population-waived'] as const] : []),
      );
    }),
  );
export const selections = (): readonly Line[] =>
  pairings.flatMap(({ sides, call, language }) =>
    (['latin-american', 'european'] as const).flatMap((side) =>
      sides[side].flatMap((party) => {
        const decidedBy = side === 'european' ? 'iuc-central-unit' : `selection-${partyOf(party).country.toLowerCase()}`;
        return told(`application/${applicationOf(party, call)}`, [
          'SelectApplication',
          { decidedBy, reason: words.selected[language] },
          roundOf(call).selected,
          'selected',
        ]);
      }),
    ),
  );
export const unsuccessful = (): readonly Line[] => [
  ...told(
    'application/illustrative-applicant-1-2017',
    [
      'SubmitApplication',
      {
        call: 'iuc-lac-2017',
        party: 'illustrative-applicant-1',
        side: 'european',
        themes: ['housing', 'urban-regeneration'],
        evidence: evidenceFor(0, 'pt'),
      },
      '2017-09',
      'submitted',
    ],
    ['CheckEligibility', {}, roundOf('2017').checked, 'eligibility-checked'],
    [
      'PutOnReserveList',
      { decidedBy: 'iuc-central-unit', reason: 'Illustrative: no counterpart shares its themes in this round.' },
      '2017-10',
      'on-reserve-list',
    ],
  ),
  ...told(
    'application/illustrative-applicant-2-2019',
    [
      'SubmitApplication',
      { call: 'iuc-lac-2019', party: 'illustrative-applicant-2', side: 'latin-american', themes: ['circular-economy'], evidence: [] },
      '2019-02',
      'submitted',
    ],
    ['CheckEligibility', {}, roundOf('2019').checked, 'eligibility-checked'],
    [
      'RejectApplication',
      { decidedBy: 'selection-ar', reason: 'Ilustrativo: menos habitantes de los que pide la convocatoria.' },
      '2019-06',
      'rejected',
    ],
  ),
  ...told(
    'application/illustrative-applicant-3-2019',
    [
      'SubmitApplication',
      {
        call: 'iuc-lac-2019',
        party: 'illustrative-applicant-3',
        side: 'european',
        themes: ['urban-mobility'],
        evidence: evidenceFor(3, 'es'),
      },
      '2019-03',
      'submitted',
    ],
    ['CheckEligibility', {}, roundOf('2019').checked, 'eligibility-checked'],
    ['WithdrawApplication', { reason: 'Ilustrativo: el ayuntamiento no puede dedicar personal.' }, '2019-05', 'withdrawn'],
  ),
];
