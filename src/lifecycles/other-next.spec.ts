import { checked, nothing, openCall, selected, submitted } from '../../test/applications';
import { story, type Story } from '../../test/given';
import { rulesOf2017 } from '../../test/rules';
import { call } from './call';
import { dataSet } from './data-set';
import { party } from './party';
import { programme } from './programme';
import { ruleSet } from './rule-set';

const book = (name: string) => (name === rulesOf2017.name ? rulesOf2017 : undefined);
const names = <Parts>(told: Story<Parts>, on: string) => told.next(on).flatMap(({ name, shut }) => (shut.length === 0 ? [name] : []));
const waits = <Parts>(told: Story<Parts>, on: string) =>
  told.next(on).flatMap(({ name, shut }) => shut.flatMap(({ gate, missing }) => missing.map(({ code }) => [name, gate, code])));

describe('what can be done now with an application', () => {
  it('is to submit it, to a call that is still to be chosen', () => {
    expect(nothing.next('2019-03-04')).toMatchObject([
      { name: 'SubmitApplication', chosen: ['call'], required: ['call', 'party', 'side', 'themes', 'evidence'], shut: [] },
    ]);
  });

  it('is to check it and to decide on it, while its selection waits for the check', () => {
    const decisions = ['PutOnReserveList', 'RejectApplication'];
    expect(names(submitted, '2019-03-20')).toEqual(['WithdrawApplication', ...decisions, 'CheckEligibility', 'DeclareConflict']);
    expect(waits(submitted, '2019-03-20')).toEqual([['SelectApplication', 'eligible-when-selected', 'ELIGIBILITY_CHECK']]);
    expect(names(checked, '2019-05')).toContain('SelectApplication');
    expect(names(selected, '2019-05')).toEqual(['WithdrawApplication', 'RevokeDecision', 'DeclareConflict']);
    expect(names(selected.in({ roles: ['service'] }), '2019-05')).toEqual(['MarkPaired']);
  });

  it('is to waive each rule that it failed', () => {
    const almeria = { kind: 'city', countries: ['ES'], members: [], populations: [{ population: 9_000, year: 2018 }] };
    const failed = submitted
      .in({ elsewhere: { party: { almeria }, call: { 'iuc-2019': openCall } } })
      .does('CheckEligibility', {}, '2019-03-20');
    expect(failed.next('2019-03-21').filter(({ name }) => name === 'WaiveRule')).toMatchObject([{ known: { rule: 'population' } }]);
    expect(waits(failed, '2019-03-21')).toEqual([['SelectApplication', 'eligible-when-selected', 'FAILED_RULE_WAIVED']]);
    expect(failed.next('2019-03-19').filter(({ name }) => name === 'WaiveRule')).toEqual([]);
  });

  it('is to assess it for those who assess its call, once there are criteria', () => {
    const criteria = [{ version: 1, on: '2019-02', criteria: [{ criterion: 'impact', weight: 100, lowest: 1, highest: 5 }] }];
    const assessors = [{ assessor: 'ana', from: '2019-02' }];
    const elsewhere = { call: { 'iuc-2019': { ...openCall, criteria, assessors } } };
    const assesses = (actor: string, on: string) => names(submitted.in({ actor, elsewhere }), on).includes('AssessApplication');
    expect(['ana', 'bo'].map((actor) => assesses(actor, '2019-03-20'))).toEqual([true, false]);
    expect(names(submitted.in({ actor: 'ana' }), '2019-03-20')).not.toContain('AssessApplication');
  });
});

describe('what can be done now with everything else', () => {
  it('is to extend, close or cancel a call, to set its criteria and to choose its people', () => {
    const opening = {
      title: 'First',
      component: 'C1',
      round: 1,
      rules: rulesOf2017.name,
      deadline: '2017-09-21T23:59',
      timeZone: 'UTC',
    } as const;
    const open = story(call, { book }).does('OpenCall', opening, '2017-07');
    expect(names(open, '2017-08')).toEqual(['ExtendDeadline', 'CloseCall', 'CancelCall', 'SetCriteria', 'AssignOfficer', 'AssignAssessor']);
    const assigned = open.does('AssignAssessor', { assessor: '11111111-0000-4000-8000-000000000000' }, '2017-08');
    expect(assigned.next('2017-09').filter(({ name }) => name === 'ReleaseAssessor')).toMatchObject([
      { known: { assessor: '11111111-0000-4000-8000-000000000000' }, required: [] },
    ]);
    expect(names(open.does('CancelCall', { reason: 'No budget' }, '2017-08'), '2017-09')).toEqual(['AssignOfficer', 'AssignAssessor']);
  });

  it('is to split a party that was merged from the one it was merged into', () => {
    const cali = { name: 'Cali', kind: 'city', countries: ['CO'] } as const;
    const registered = story(party, { book, elsewhere: { party: { 'santiago-de-cali': { kind: 'city' } } } }).does(
      'RegisterParty',
      cali,
      '2017',
    );
    expect(names(registered, '2018')).toEqual(['RenameParty', 'AddAlias', 'RecordPopulation', 'MergeParty']);
    const merged = registered.does('MergeParty', { into: 'santiago-de-cali', authority: 'unit', reason: 'Twice' }, '2018');
    expect(merged.next('2019').filter(({ name }) => /Merge|Split/.test(name))).toMatchObject([
      { name: 'SplitParty', known: { from: 'santiago-de-cali' }, required: ['authority', 'reason'] },
    ]);
  });

  it('is the next version of a rule set, the officers of a programme, and nothing of a data set once it is declared', () => {
    expect(story(ruleSet, { book }).next('2017')).toMatchObject([{ name: 'PublishRuleSet', known: { version: 1 } }]);
    expect(names(story(programme, { book }).does('OpenProgramme', { name: 'IUC', components: ['C1'] }, '2017'), '2018')).toEqual([
      'AssignOfficer',
    ]);
    const declared = { title: 'C1', source: 'S1', illustrative: false, measures: [], note: 'All of it' };
    expect(story(dataSet, { book }).does('DeclareDataSet', declared, '2020').next('2020')).toEqual([]);
  });
});
