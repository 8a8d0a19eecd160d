import { type Elsewhere, given, story, words } from '../../test/given';
import { rulesOf2017, rulesOf2019 } from '../../test/rules';
import { factsOf } from '../kernel/lifecycle';
import type { RuleSet } from '../kernel/rules';
import { application } from '../lifecycles/application';
import { reasonIn } from '../reading/sentences';
import { languages } from '../words/say';
import { type Applicant, type EligibilityAnswer, judge, type JudgedParty } from './eligibility-rules';

const city = (country: string, ...populations: JudgedParty['populations']): JudgedParty => ({
  kind: 'city',
  countries: [country],
  members: [],
  populations,
});
const council: JudgedParty = { ...city('ES'), kind: 'provincial-council' };
const members = [
  { municipality: 'maua', name: 'Mauá' },
  { municipality: 'diadema', name: 'Diadema' },
];
const consortium: JudgedParty = { ...city('BR'), kind: 'consortium', members };
const parties: Readonly<Record<string, JudgedParty>> = {
  almeria: city('ES', { population: 196_851, year: 2018 }),
  'benedito-novo': city('BR', { population: 10_336, year: 2010 }),
  armenia: city('CO'),
  puebla: city('MX', { population: 1_576_259, year: 2015 }),
  abc: consortium,
  maua: city('BR', { population: 30_000, year: 2010 }, { population: 31_000, year: 2017 }),
  diadema: city('BR', { population: 25_000, year: 2010 }),
};
const rulesOf = (name: string) => [rulesOf2017, rulesOf2019].find((rules) => rules.name === name);

const call = { phase: 'open', component: 'C1', rules: rulesOf2017.name, openedOn: '2017-07-01', deadline: '2017-09-21T23:59' };
const world = (changed: Readonly<Record<string, JudgedParty>> = {}) => ({
  book: rulesOf,
  elsewhere: { call: { first: call }, party: { ...parties, ...changed } } satisfies Elsewhere,
});
const applied = (party: string, side: 'european' | 'latin-american' = 'latin-american') =>
  story(application, world()).does('SubmitApplication', { call: 'first', party, side, themes: ['housing'], evidence: [] }, '2017-09-10');
const small = applied('benedito-novo');
const smallChecked = small.does('CheckEligibility', {}, '2017-09-25');
const grown = world({ 'benedito-novo': city('BR', { population: 60_000, year: 2017 }) });

const waiver = { rule: 'population', authority: 'selection-br', reason: 'Brazil selects cities of every size' } as const;
const decision = { decidedBy: 'selection-br', reason: 'Common ground' };
const waived = smallChecked.does('WaiveRule', waiver, '2017-10-01');
const tooSmall = {
  rule: 'population',
  outcome: 'failed',
  reason: 'POPULATION_TOO_SMALL',
  required: 50_000,
  population: 10_336,
  year: 2010,
} as const;
const others = (country: string): EligibilityAnswer[] => [
  { rule: 'kind', outcome: 'passed', reason: 'KIND_MAY_APPLY', kind: 'city' },
  { rule: 'countries', outcome: 'passed', reason: 'COUNTRIES_OF_THE_SIDE', countries: [country] },
];

describe('checking eligibility', () => {
  it('answers each rule with its reason, and says under which rules', () => {
    given(small)
      .when('CheckEligibility', {}, '2017-09-25')
      .then({ type: 'EligibilityChecked', data: { answers: [tooSmall, ...others('BR')] } });
    expect(smallChecked.history[1]!.rules).toBe('iuc-lac-2017@1');
  });
  it('is not done again while the answers stand', () => given(smallChecked).when('CheckEligibility', {}, '2017-09-30').thenNothing());
  it('is done again when they differ', () =>
    given(smallChecked.in(grown))
      .when('CheckEligibility', {}, '2017-10-02')
      .then({
        type: 'EligibilityChecked',
        data: {
          answers: [
            { rule: 'population', outcome: 'passed', reason: 'POPULATION_REACHED', required: 50_000, population: 60_000, year: 2017 },
            ...others('BR'),
          ],
        },
      }));
  it('needs an application that was submitted by then and not withdrawn', () => {
    given(story(application, world())).when('CheckEligibility', {}).thenRefused('NEVER_SUBMITTED');
    given(small).when('CheckEligibility', {}, '2017-09-09').thenRefused('NOT_YET_SUBMITTED');
    const withdrawn = small.does('WithdrawApplication', { reason: 'A new mayor' }, '2017-09-20');
    given(withdrawn).when('CheckEligibility', {}, '2017-09-25').thenRefused('APPLICATION_WITHDRAWN');
    expect(withdrawn.tries('CheckEligibility', {}, '2017-09-15')).toHaveLength(1);
  });
  it('keeps a provincial council out, and says why', () => {
    const applying = applied('diputacion-almeria', 'european').in(world({ 'diputacion-almeria': council }));
    const answers: EligibilityAnswer[] = [
      { rule: 'population', outcome: 'passed', reason: 'POPULATION_NOT_ASKED', kind: 'provincial-council' },
      { rule: 'kind', outcome: 'failed', reason: 'KIND_EXCLUDED', kind: 'provincial-council' },
      { rule: 'countries', outcome: 'passed', reason: 'COUNTRIES_OF_THE_SIDE', countries: ['ES'] },
    ];
    given(applying).when('CheckEligibility', {}, '2017-09-25').then({ type: 'EligibilityChecked', data: { answers } });
    given(applying.does('CheckEligibility', {}, '2017-09-25'))
      .when('SelectApplication', decision, '2017-10-05')
      .thenRefused('GATE_CLOSED', 'eligible-when-selected', 'FAILED_RULE_WAIVED');
    expect(languages.map((language) => reasonIn(language, answers[1]!))).toEqual([
      'this kind of party (a provincial council) may not apply',
      'este tipo de parte (diputación provincial) no puede presentarse',
      'este tipo de entidade (conselho provincial) não pode candidatar-se',
    ]);
  });
  it('needs a party', () => given(applied('nobody')).when('CheckEligibility', {}, '2017-09-25').thenRefused('NO_PARTY_TO_JUDGE'));
});

describe('what the rules answer', () => {
  const asked: Applicant = { party: 'abc', side: 'latin-american', component: 'C1' };
  const answer = (rule: string, change: Partial<Applicant>, rules: RuleSet = rulesOf2017, changed = {}) =>
    judge(rules, { ...asked, ...change }, '2017-09', (id) => ({ ...parties, ...changed })[id])!.find((each) => each.rule === rule);

  it('takes the latest count up to the year that is judged, and a later one only where there is none', () => {
    expect(answer('population', { party: 'maua' }, { ...rulesOf2017, minPopulation: 30_500 })).toMatchObject({
      outcome: 'passed',
      year: 2017,
    });
    expect(judge(rulesOf2017, { ...asked, party: 'maua' }, '2016', (id) => parties[id])![0]).toMatchObject({ year: 2010 });
    expect(answer('population', { party: 'almeria', side: 'european' })).toMatchObject({ outcome: 'passed', year: 2018 });
  });
  it('is unknown where no population was recorded', () =>
    expect(answer('population', { party: 'armenia' })).toEqual({
      rule: 'population',
      outcome: 'unknown',
      reason: 'POPULATION_NOT_RECORDED',
      required: 50_000,
    }));
  it('asks no number of inhabitants of a region', () =>
    expect(answer('population', {}, rulesOf2017, { abc: { ...consortium, kind: 'region' } })).toMatchObject({
      outcome: 'passed',
      reason: 'POPULATION_NOT_ASKED',
    }));

  describe('of a consortium, together where the rules say so,', () => {
    it('goes by its own population where that is recorded', () =>
      expect(
        answer('population', {}, rulesOf2017, { abc: { ...consortium, populations: [{ population: 49_000, year: 2015 }] } }),
      ).toMatchObject({ outcome: 'failed', population: 49_000, year: 2015 }));
    it('else by the sum of its municipalities', () =>
      expect(answer('population', {})).toMatchObject({ outcome: 'passed', population: 56_000, year: 2010 }));
    it('is unknown where one of them is', () =>
      expect(answer('population', {}, rulesOf2017, { diadema: undefined })).toMatchObject({
        outcome: 'unknown',
        uncounted: ['Diadema'],
      }));
  });
  describe('of a consortium, each on its own where the rules say so,', () => {
    const alone = { ...rulesOf2017, setOfCitiesCountsTogether: false };
    it('goes by the smallest municipality, whatever the rest', () => {
      expect(answer('population', {}, alone)).toMatchObject({ outcome: 'failed', city: 'Diadema', population: 25_000 });
      expect(answer('population', {}, alone, { maua: undefined })).toMatchObject({ outcome: 'failed', city: 'Diadema' });
      expect(answer('population', {}, { ...alone, minPopulation: 20_000 })).toMatchObject({ outcome: 'passed', city: 'Diadema' });
    });
    it('is unknown where all that are known are large enough', () =>
      expect(answer('population', {}, { ...alone, minPopulation: 20_000 }, { maua: undefined })).toMatchObject({
        outcome: 'unknown',
        uncounted: ['Mauá'],
      }));
  });

  it('keeps kinds of parties out', () =>
    expect(answer('kind', {}, { ...rulesOf2017, excludedPartyKinds: ['consortium'] })).toEqual({
      rule: 'kind',
      outcome: 'failed',
      reason: 'KIND_EXCLUDED',
      kind: 'consortium',
    }));
  it('takes Mexico for Latin America in component 3 and not in component 1', () => {
    expect(answer('countries', { party: 'puebla' })).toMatchObject({ outcome: 'failed', reason: 'COUNTRIES_OUTSIDE', countries: ['MX'] });
    expect(answer('countries', { party: 'puebla', component: 'C3' })).toMatchObject({ outcome: 'passed' });
  });
  it('goes by the countries of the side', () =>
    expect(answer('countries', { party: 'almeria' })).toMatchObject({ outcome: 'failed', countries: ['ES'] }));
  it('is unknown without a country, and where the rules name none for the component', () => {
    expect(answer('countries', {}, rulesOf2017, { abc: { ...consortium, countries: [] } })).toMatchObject({
      reason: 'COUNTRIES_NOT_RECORDED',
    });
    expect(answer('countries', { component: 'C2' })).toMatchObject({ outcome: 'unknown', reason: 'COUNTRIES_NOT_RULED' });
  });
  it('is that of the party it was merged into', () => {
    const merged = {
      twice: { ...city('BR'), mergedInto: 'abc' },
      maua: { ...city('BR'), mergedInto: 'maua-sp' },
      'maua-sp': city('BR', { population: 26_000, year: 2010 }),
    };
    expect(answer('population', { party: 'twice' }, rulesOf2017, merged)).toMatchObject({ outcome: 'passed', population: 51_000 });
    const round = { abc: { ...consortium, mergedInto: 'maua' }, maua: { ...city('BR'), mergedInto: 'abc' } };
    expect(answer('population', {}, rulesOf2017, round)).toMatchObject({ outcome: 'unknown' });
  });
  it('is otherwise under other rules', () => {
    const mauaAlone = { maua: city('BR', { population: 60_000, year: 2010 }) };
    expect(answer('population', { party: 'maua' }, rulesOf2017, mauaAlone)).toMatchObject({ outcome: 'passed' });
    expect(answer('population', { party: 'maua' }, rulesOf2019, mauaAlone)).toMatchObject({ outcome: 'failed', required: 100_000 });
  });
});

describe('waiving a rule', () => {
  it('is said with whose authority and why', () =>
    given(smallChecked)
      .when('WaiveRule', waiver, '2017-10-01')
      .then({
        type: 'EligibilityRuleWaived',
        data: { rule: 'population', authority: 'selection-br', reason: words(waiver.reason) },
      }));
  it('is done once', () => {
    given(waived).when('WaiveRule', waiver, '2017-10-02').thenNothing();
    given(waived)
      .when('WaiveRule', { ...waiver, reason: 'It asked kindly' })
      .thenRefused('RULE_ALREADY_WAIVED');
  });
  it('is refused for a rule that passed or has no answer', () => {
    given(smallChecked)
      .when('WaiveRule', { ...waiver, rule: 'kind' })
      .thenRefused('RULE_NOT_FAILED');
    given(applied('armenia').does('CheckEligibility', {}, '2017-09-25'))
      .when('WaiveRule', waiver)
      .thenRefused('RULE_NOT_FAILED');
  });
  it('is refused before a check', () => {
    given(small).when('WaiveRule', waiver).thenRefused('NOT_YET_CHECKED');
    given(smallChecked).when('WaiveRule', waiver, '2017-09-24').thenRefused('NOT_YET_CHECKED');
  });
  it('goes by the check of its day, when the rule has passed since', () =>
    given(smallChecked.in(grown).does('CheckEligibility', {}, '2017-10-02'))
      .when('WaiveRule', waiver, '2017-10-03')
      .thenRefused('RULE_NOT_FAILED'));
  it('keeps the check from being taken back', () =>
    given(waived)
      .when('Correct', { retract: [{ revision: 1 }], authority: 'selection-br', reason: 'Typed wrongly' })
      .thenNeededBy('EligibilityRuleWaived', 'NOT_YET_CHECKED'));
});

describe('selecting', () => {
  const gate = 'eligible-when-selected';
  it('waits for a check of eligibility made by then', () => {
    given(small).when('SelectApplication', decision, '2017-10-05').thenRefused('GATE_CLOSED', gate, 'ELIGIBILITY_CHECK');
    given(smallChecked).when('SelectApplication', decision, '2017-09-24').thenRefused('GATE_CLOSED', gate, 'ELIGIBILITY_CHECK');
  });
  it('waits for a waiver of each rule that failed', () => {
    given(smallChecked).when('SelectApplication', decision, '2017-10-05').thenRefused('GATE_CLOSED', gate, 'FAILED_RULE_WAIVED');
    given(waived).when('SelectApplication', decision, '2017-09-30').thenRefused('GATE_CLOSED', gate, 'FAILED_RULE_WAIVED');
    expect(waived.tries('SelectApplication', decision, '2017-10-05')).toHaveLength(1);
  });
  it('does not wait for what is unknown', () =>
    expect(applied('armenia').does('CheckEligibility', {}, '2017-09-25').tries('SelectApplication', decision, '2017-10-05')).toHaveLength(
      1,
    ));
  it('is all that waits: anybody can be rejected unchecked', () =>
    expect(small.tries('RejectApplication', decision, '2017-10-05')).toHaveLength(1));
  it('can be let through as a whole', () => {
    const through = small
      .does('WaiveGate', { gate, scope: 'next-fact', authority: 'selection-br', reason: 'Haste' })
      .does('SelectApplication', decision, '2017-10-05');
    expect(through.history.at(-1)).toMatchObject({ type: 'ApplicationSelected', waived: [gate] });
  });
  it('keeps the check and the waiver it stands on', () => {
    const because = { authority: 'selection-br', reason: 'Typed wrongly' };
    given(waived.does('SelectApplication', decision, '2017-10-05'))
      .when('Correct', { retract: [{ revision: 2 }], ...because })
      .thenNeededBy('ApplicationSelected', 'FAILED_RULE_WAIVED');
  });
});

it('counts each rule that fails until it no longer does', () => {
  const again = waived.in(grown).does('CheckEligibility', {}, '2017-10-02');
  const steps = [small, smallChecked, waived, again];
  const facts = steps.slice(1).map((after, i) => factsOf(application, after.history.at(-1)!, after.state, steps[i]!.state));
  expect(facts.map((each) => each.map(({ measure, quantity }) => `${measure} ${quantity}`))).toEqual([
    ['applications-checked 1', 'eligibility-rules-failed 1'],
    ['eligibility-rules-waived 1'],
    ['eligibility-rules-failed -1'],
  ]);
});
