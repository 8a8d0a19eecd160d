import { initialState } from '../kernel/lifecycle';
import type { Mission } from '../parts/missions';
import type { RuleSet } from '../kernel/rules';
import { pairing } from './pairing';
import type { Pairing } from './pairing-parts';
import { nextStep } from './pairing-steps';

const rules: RuleSet = {
  ...{ name: 'r@1', minPopulation: 1, setOfCitiesCountsTogether: true, excludedPartyKinds: [], countries: {}, maxFundedTravellers: 5 },
  ...{ missionsRequired: 2, missionsAllowed: 3, firstVisitor: { C1: 'european' }, commitmentMonths: 18, supportMonths: 18 },
};
const moment = { occurredOn: '2018-03-01', recordedAt: '2018-03-02T12:00:00.000Z', actor: 'a', roles: [] };
const next = (state: Pairing) => nextStep(state, moment, rules);

const absent = initialState(pairing) as Pairing;
const sides = ['european', 'latin-american'].map((side) => ({
  side: side as 'european',
  members: [{ party: `of ${side}`, application: side }],
}));
const course = { phase: 'formed', component: 'C1', call: 'c', callOpenedOn: '2017', rules: 'r@1', sides, formedOn: '2017-06' } as const;
const formed: Pairing = { ...absent, course };
const running: Pairing = { ...absent, course: { ...course, phase: 'running', kickedOffOn: '2017-09-01' } };
const planned: Mission = { is: 'planned', mode: 'in-person', visitor: 'european', from: '2017-11', to: '2017-11' };
const held: Mission = { ...planned, is: 'held', place: 'Bogotá', delegates: 4 };
const agreement = (kind: 'opening' | 'cooperation', is: 'draft' | 'concluded') => ({
  [kind]: { is, kind, signatories: [{ party: 'of european' }], languages: ['es'], signed: [], amendments: {} },
});

describe('the next step of a pairing', () => {
  it('is none before it is formed, after its end, and where no rules could say', () => {
    expect(next(absent)).toBeUndefined();
    expect(next({ ...formed, course: { ...course, phase: 'completed', endedOn: '2018' } })).toBeUndefined();
    expect(nextStep(running, moment, undefined)).toBeUndefined();
  });

  it('is the opening agreement, unless the pairing has gone on without one', () => {
    expect(next(formed)).toEqual({ step: 'opening-agreement', lacks: [], toDo: { code: 'draft-agreement', values: { kind: 'opening' } } });
    expect(next({ ...formed, agreements: agreement('opening', 'draft') })).toMatchObject({ lacks: [{ code: 'SIGNATURE_MISSING' }] });
    expect(next({ ...formed, agreements: agreement('opening', 'concluded') })).toMatchObject({ step: 'kick-off', lacks: [] });
    expect(next(running)).toMatchObject({ step: 'missions', lacks: [] });
  });

  it('is a mission until as many were held as the rule set requires', () => {
    const toDo = (missions: Pairing['missions']) => {
      const { step, lacks, toDo } = next({ ...running, missions })!;
      expect([step, lacks]).toEqual(['missions', []]);
      return [toDo.code, toDo.values];
    };
    expect(toDo({})).toEqual(['plan-mission', { mission: 1, held: 0, required: 2 }]);
    expect(toDo({ 1: planned })).toEqual(['hold-mission', { mission: 1, held: 0, required: 2 }]);
    expect(toDo({ 1: held })).toEqual(['plan-mission', { mission: 2, held: 1, required: 2 }]);
    expect(toDo({ 1: held, 2: planned })).toEqual(['hold-mission', { mission: 2, held: 1, required: 2 }]);
    expect(next({ ...running, missions: { 1: held, 2: held } })?.step).toBe('plan-submitted');
  });

  it('is the plan: drafted, submitted, approved by each side', () => {
    const worked: Pairing = { ...running, missions: { 1: held, 2: held } };
    const version = { is: 'draft', actions: [], approvalBy: [], approvedBy: [] } as const;
    expect(next(worked)).toMatchObject({
      ...{ step: 'plan-submitted', toDo: { code: 'draft-plan', values: { version: 1 } }, lacks: [{ code: 'PLAN_NOT_A_DRAFT' }] },
    });
    expect(next({ ...worked, plan: { current: 1, versions: { 1: version } } })).toMatchObject({
      ...{ step: 'plan-submitted', toDo: { code: 'submit-plan', values: { version: 1 } }, lacks: [] },
    });
    const submitted = { ...version, is: 'submitted', approvalBy: ['european', 'latin-american'], approvedBy: ['european'] } as const;
    expect(next({ ...worked, plan: { current: 1, versions: { 1: submitted } } })).toMatchObject({
      ...{ step: 'plan-approved', toDo: { code: 'approve-plan', values: { version: 1, side: 'latin-american' } }, lacks: [] },
    });
    const approved = {
      ...submitted,
      is: 'approved',
      approvedOn: '2018-03-01',
      actions: [{ action: 'bikes', title: { text: 't', digest: 'd' }, theme: 'housing' }],
    } as const;
    expect(next({ ...worked, plan: { current: 1, versions: { 1: approved } } })).toMatchObject({
      step: 'pilot-designed',
      toDo: { code: 'design-pilot' },
      lacks: [],
    });
  });

  it('is the cooperation agreement, with everything it lacks, and then completion', () => {
    const pilots = {
      bikes: { is: 'designed', action: 'bikes', title: { text: 't', digest: 'd' }, designedOn: '2018-03-01', funding: [] },
    } as const;
    const approved = { is: 'approved', actions: [], approvalBy: [], approvedBy: [], approvedOn: '2018-03-01' } as const;
    const ready: Pairing = { ...running, missions: { 1: held, 2: held }, plan: { current: 1, versions: { 1: approved } }, pilots };
    expect(next(ready)).toMatchObject({ step: 'cooperation-agreement', toDo: { code: 'draft-agreement' }, lacks: [] });
    expect(next({ ...ready, agreements: agreement('cooperation', 'draft') })).toMatchObject({
      ...{ toDo: { code: 'sign-agreement', values: { agreement: 'cooperation' } }, lacks: [{ code: 'SIGNATURE_MISSING' }] },
    });
    expect(next({ ...ready, agreements: agreement('cooperation', 'concluded') })).toMatchObject({
      ...{ step: 'completion', toDo: { code: 'complete' }, lacks: [] },
    });
  });
});
