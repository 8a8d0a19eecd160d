import { lifecycles } from '../../src/lifecycles/all';
import { Sentences } from '../../src/reading/sentences';
import { languages } from '../../src/words/say';

const text = { text: 't', digest: 'd' };
const sentences = new Sentences(
  Object.values(lifecycles),
  { reveal: (ids) => Promise.resolve(new Map(ids.map((id) => [id, { is: 'text' as const, words: 'Clear.' }]))) },
  { named: () => Promise.resolve(new Map([['selection-br', 'Brasil']])) },
);

const criteria = [
  { criterion: 'impact', weight: 60, lowest: 0, highest: 5 },
  { criterion: 'capacity', weight: 40, lowest: 1, highest: 10 },
];
const scores = [
  { criterion: 'impact', score: 4 },
  { criterion: 'capacity', score: 7 },
];
const answers = [
  { rule: 'population', outcome: 'unknown', reason: 'POPULATION_NOT_RECORDED', required: 50_000, uncounted: ['Mauá', 'Diadema'] },
  { rule: 'kind', outcome: 'failed', reason: 'KIND_EXCLUDED', kind: 'consortium' },
  { rule: 'countries', outcome: 'failed', reason: 'COUNTRIES_OUTSIDE', countries: ['MX'] },
];

it.each([
  [
    { type: 'EligibilityChecked', data: { answers } },
    [
      'Eligibility checked: no population recorded for Mauá and Diadema where at least 50,000 inhabitants are asked for, this kind of party (a consortium) may not apply, and Mexico outside the countries that the rules admit',
      'Elegibilidad comprobada: sin población registrada de Mauá y Diadema donde se piden al menos 50.000 habitantes, este tipo de parte (consorcio) no puede presentarse y México fuera de los países que admiten las reglas',
      'Elegibilidade verificada: sem população registada de Mauá e Diadema onde se pedem pelo menos 50 000 habitantes, este tipo de entidade (consórcio) não pode candidatar-se e México fora dos países que as regras admitem',
    ],
  ],
  [
    { type: 'EligibilityRuleWaived', data: { rule: 'population', authority: 'selection-br', reason: text } },
    [
      'Brasil waives the eligibility rule on population: Clear.',
      'Brasil dispensa de la regla de elegibilidad sobre población: Clear.',
      'Brasil dispensa da regra de elegibilidade sobre população: Clear.',
    ],
  ],
  [
    { type: 'CriteriaSet', data: { version: 1, criteria } },
    [
      'Version 1 of the criteria set: impact 60% and capacity 40%',
      'Fijada la versión 1 de los criterios: impact 60 % y capacity 40 %',
      'Fixada a versão 1 dos critérios: impact 60% e capacity 40%',
    ],
  ],
  [
    { type: 'ApplicationAssessed', data: { assessor: 'a', criteriaVersion: 1, criteria, scores, comment: text } },
    [
      'Assessed by version 1 of the criteria: impact 4 and capacity 7. Clear.',
      'Valorada según la versión 1 de los criterios: impact 4 y capacity 7. Clear.',
      'Avaliada segundo a versão 1 dos critérios: impact 4 e capacity 7. Clear.',
    ],
  ],
  [
    { type: 'ConflictOfInterestDeclared', data: { assessor: 'a', reason: text } },
    [
      'Conflict of interest declared by an assessor: Clear.',
      'Conflicto de intereses declarado por quien valora: Clear.',
      'Conflito de interesses declarado por quem avalia: Clear.',
    ],
  ],
])('the timeline tells $type in every language', async (event, told) => {
  const teller = await sentences.about([event]);
  expect(languages.map((language) => teller.sentence(language, event).replaceAll(/\s/g, ' '))).toEqual(told);
});
