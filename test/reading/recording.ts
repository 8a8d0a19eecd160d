import { setImmediate } from 'node:timers/promises';
import { v5 } from 'uuid';
import { Runner } from '../../src/engine/runner';
import type { RunnerOptions } from '../../src/engine/runner-options';
import type { Timing } from '../../src/engine/runner-tail';
import type { Stored } from '../../src/kernel/history';
import type { RuleSet } from '../../src/kernel/rules';
import type { EventStore } from '../../src/store/port';
import { pairing } from '../../src/lifecycles/pairing';

/** The rules of 2019 as the tests have them. */
export const rules2019: RuleSet = {
  name: 'iuc-lac-2019@1',
  minPopulation: 100_000,
  setOfCitiesCountsTogether: true,
  excludedPartyKinds: ['provincial-council'],
  countries: { C1: { european: ['ES', 'IT', 'PT'], latinAmerican: ['AR', 'BR', 'CO'] } },
  maxFundedTravellers: 5,
  missionsRequired: 2,
  missionsAllowed: 3,
  firstVisitor: { C1: 'european' },
  commitmentMonths: 18,
  supportMonths: 18,
};
export const rules = { load: () => Promise.resolve((name: string) => (name === rules2019.name ? rules2019 : undefined)) };

/** A fact as it is told: what happened, its data, when. */
export type Told = readonly [
  type: string,
  data: object,
  occurredOn: string,
  more?: { readonly commandId?: string; readonly waived?: readonly string[]; readonly correlationId?: string },
];

/** The facts of a stream as they stand in the store, decided under the rules of 2019. */
export const history = (...facts: readonly Told[]): readonly Stored[] =>
  facts.map(([type, data, occurredOn, more], revision) => ({
    revision,
    type,
    data,
    occurredOn,
    recordedAt: '2021-01-01T12:00:00.000Z',
    actor: 'c0a1f0de-0000-4000-8000-000000000001',
    roles: ['programme-officer'],
    commandId: `command ${revision}`,
    rules: rules2019.name,
    ...more,
  }));

const sides = [
  { side: 'european', members: [{ party: 'malaga', application: 'malaga-2' }] },
  { side: 'latin-american', members: [{ party: 'cartagena', application: 'cartagena-2' }] },
];
/** Cartagena and Málaga, formed and not yet kicked off. */
export const formed: readonly Told[] = [
  ['PairingFormed', { component: 'C1', call: 'call-2', callOpenedOn: '2017-01-10', rules: rules2019.name, sides }, '2017-06'],
];
/** Kicked off, with one mission held and another planned. */
export const oneMission: readonly Told[] = [
  ...formed,
  ['PairingKickedOff', {}, '2017-09-01'],
  ['MissionPlanned', { mission: 1, visitor: 'european', from: '2017-11-06', to: '2017-11-10' }, '2017-10-02'],
  [
    'MissionHeld',
    { mission: 1, mode: 'in-person', from: '2017-11-06', to: '2017-11-10', place: 'Cartagena de Indias', delegates: 6 },
    '2017-11-10',
  ],
  ['MissionPlanned', { mission: 2, visitor: 'latin-american', from: '2018-06', to: '2018-06' }, '2018-01'],
];

const namespace = '6f0f5b43-3c1b-4a86-9b7e-0d3f6b1f9a11';

/** Appends the facts of a stream beyond those it has. */
export async function record(store: EventStore, stream: string, facts: readonly Told[], has = 0): Promise<bigint> {
  const events = history(...facts)
    .slice(has)
    .map(({ revision, type, data, occurredOn, actor, roles, commandId, rules, waived }) => ({
      id: v5(`${stream}@${revision}`, namespace),
      type,
      data: data as Record<string, unknown>,
      metadata: {
        ...{ occurredOn, actor, roles, commandId, commandHash: 'none', correlationId: facts[revision]![3]?.correlationId ?? 'test' },
        ...(rules === undefined ? {} : { rules }),
        ...(waived === undefined ? {} : { waived }),
      },
    }));
  return (await store.append(stream, events, has === 0 ? 'none' : has - 1)).position;
}

/** Short pauses pass at once; heartbeats and deadlines come when the test says so. */
export class TestTiming implements Timing {
  private readonly waiting = new Set<() => void>();

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (ms < 1_000) {
      await setImmediate();
      return;
    }
    let wake: () => void = () => undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      this.waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
    signal.removeEventListener('abort', wake);
  }
  /** Every long sleep ends now. */
  pass(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}

let owners = 0;
/** A runner as one process would have it. */
export const runnerOver = (given: Pick<RunnerOptions, 'pool' | 'store' | 'readModels'> & Partial<RunnerOptions>): Runner =>
  new Runner({ lifecycles: [pairing], rules, timing: new TestTiming(), owner: `process ${(owners += 1)}`, ...given });
