import { formed } from '../states';
import { submitted } from '../applications';
import type { Composition, AnyLifecycle } from '../../src/kernel/lifecycle';
import { lifecycles } from '../../src/lifecycles/all';
import { party } from '../../src/lifecycles/party';
import { initialState } from '../../src/kernel/lifecycle';

const all = Object.values<AnyLifecycle>(lifecycles);

describe('every lifecycle', () => {
  it('says whose responsibility its streams are: leaving it out does not compile', () => {
    const { responsible, ...rest } = party;
    expect(responsible).toBe('every-officer');
    // @ts-expect-error -- `responsible` is missing
    const silent: Composition<typeof party.parts, unknown> = rest;
    expect(silent).not.toHaveProperty('responsible');
  });
  it('that officers are assigned to asks them, and none that they are assigned to is every officer’s', () => {
    const assigned = all.filter((of) => Object.hasOwn(of.parts as object, 'responsibility'));
    expect(assigned.map(({ name }) => name)).toEqual(['programme', 'call', 'pairing']);
    for (const of of assigned) {
      if (of.responsible === 'every-officer') throw new Error(`${of.name} has officers and is every officer's`);
      const state = { ...initialState(of), responsibility: { ana: [{ from: '2017' }], bea: [{ from: '2017', to: '2018' }] } };
      expect(of.responsible(state)).toEqual({ officers: ['ana'] });
    }
    expect(all.filter(({ responsible }) => responsible === 'every-officer').map(({ name }) => name)).toEqual([
      'ruleSet',
      'party',
      'dataSet',
      'indicator',
      'claim',
      'pipa',
      'pacci',
      'deadline',
      'subscription',
    ]);
  });
  it('belongs to another one that there is', () => {
    const under = [
      lifecycles.pairing.responsible !== 'every-officer' && lifecycles.pairing.responsible(formed.state).under,
      lifecycles.application.responsible !== 'every-officer' && lifecycles.application.responsible(submitted.state).under,
    ];
    expect(under).toEqual([
      { kind: 'call', id: 'c1-2017' },
      { kind: 'call', id: 'iuc-2019' },
    ]);
    expect(Object.keys(lifecycles)).toEqual(expect.arrayContaining(['call', 'programme']));
  });
});
