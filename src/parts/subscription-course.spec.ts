import { given, story, type Story, words } from '../../test/given';
import { because } from '../../test/states';
import { factsOf, initialState } from '../kernel/lifecycle';
import { subscription } from '../lifecycles/subscription';
import type { StandingSubscription } from './subscription-course';

type Told = Story<typeof subscription.parts>;
const none = story(subscription, { book: () => undefined, actor: 'ana', roles: ['evaluator'] });
const day = '2021-01-01';
const url = 'https://events.example.org/puente';
const pulled = none.does('CreateSubscription', { delivery: 'pull' }, day);
const sent = none.does('CreateSubscription', { delivery: 'webhook', endpoint: url, signature: 'hmac' }, day);
const service = { actor: 'puente', roles: ['service'] };
const disabled = sent
  .in(service)
  .does('DisableSubscription', { because: 'failing' }, day)
  .in({ actor: 'ana', roles: ['evaluator'] });
const paused = sent.does('PauseSubscription', { reason: 'Moving house' }, day);
const deleted = sent.does('DeleteSubscription', {}, day);
const stateOf = (told: Told) => told.state.subscription as StandingSubscription;
const counts = (told: Told) => {
  const { moves, endpoints, replays } = stateOf(told);
  return { moves, endpoints, replays };
};

describe('subscribing', () => {
  it('starts now, in the first role of whoever subscribes, where nothing else is said', () => {
    given(none)
      .when('CreateSubscription', { delivery: 'pull' }, day)
      .then({ type: 'SubscriptionCreated', data: { delivery: 'pull', role: 'evaluator', from: 'now' } });
    expect(stateOf(pulled)).toEqual({
      ...{ is: 'active', owner: 'ana', role: 'evaluator', delivery: 'pull', filter: {}, start: { from: 'now' } },
      ...{ moves: 1, endpoints: 0, takenUp: 1, replays: 0, replayed: [] },
    });
  });
  it('keeps which events are wanted, and protects the endpoint, which may hold a secret', () => {
    const filter = {
      ...{ lifecycles: ['pairing'], types: ['PairingFormed', 'FactCorrected'], streams: ['pairing-cartagena-malaga'] },
      where: [{ dimension: 'component', is: 'C1' }],
    };
    const start = { after: 'pairing-cartagena-malaga@7' };
    const body = { delivery: 'webhook', endpoint: url, signature: 'ed25519', role: 'evaluator', ...filter, ...start } as const;
    given(none)
      .when('CreateSubscription', body, day)
      .then({ type: 'SubscriptionCreated', data: { ...body, endpoint: words(url), ...filter, lifecycles: ['pairing'] } });
    expect(stateOf(none.does('CreateSubscription', body, day))).toMatchObject({ filter, start, endpoint: words(url), endpoints: 1 });
  });
  it('starts at an event, at a moment in UTC, at the beginning or now: at one of them', () => {
    const told = none.does('CreateSubscription', { delivery: 'pull', since: '2020-12-31T23:30:00+01:00' }, day);
    expect(stateOf(told).start).toEqual({ since: '2020-12-31T22:30:00.000Z' });
    expect(stateOf(none.does('CreateSubscription', { delivery: 'pull', from: 'beginning' }, day)).start).toEqual({ from: 'beginning' });
    given(none)
      .when('CreateSubscription', { delivery: 'pull', from: 'now', after: 'party-malaga@0' }, day)
      .thenRefused('START_NAMED_TWICE');
  });
  it('is done once under one name: again with the same data it is nothing, otherwise refused', () => {
    given(pulled).when('CreateSubscription', { delivery: 'pull', from: 'now' }, day).thenNothing();
    given(pulled).when('CreateSubscription', { delivery: 'pull', from: 'beginning' }, day).thenRefused('SUBSCRIPTION_EXISTS');
    given(pulled.in({ actor: 'bea' }))
      .when('CreateSubscription', { delivery: 'pull' }, day)
      .thenRefused('SUBSCRIPTION_EXISTS');
    const moved = pulled.does('MoveSubscription', { from: 'beginning' }, day);
    given(moved).when('CreateSubscription', { delivery: 'pull' }, day).thenRefused('SUBSCRIPTION_EXISTS');
  });
  it('takes a role that one has; an administrator gives any', () => {
    given(none).when('CreateSubscription', { delivery: 'pull', role: 'admin' }, day).thenRefused('ROLE_NOT_YOURS');
    given(none.in({ roles: ['programme-officer', 'evaluator'] }))
      .when('CreateSubscription', { delivery: 'pull', role: 'evaluator' }, day)
      .then({ type: 'SubscriptionCreated', data: { delivery: 'pull', role: 'evaluator', from: 'now' } });
    given(none.in({ roles: ['admin'] }))
      .when('CreateSubscription', { delivery: 'pull', role: 'focal-point' }, day)
      .then({ type: 'SubscriptionCreated', data: { delivery: 'pull', role: 'focal-point', from: 'now' } });
  });
  it('has an endpoint where events are sent, and there alone', () => {
    given(none).when('CreateSubscription', { delivery: 'webhook' }, day).thenRefused('WEBHOOK_NEEDS_ENDPOINT');
    given(none).when('CreateSubscription', { delivery: 'pull', endpoint: url }, day).thenRefused('PULL_HAS_NO_ENDPOINT');
    given(none).when('CreateSubscription', { delivery: 'pull', signature: 'hmac' }, day).thenRefused('PULL_HAS_NO_ENDPOINT');
    given(pulled).when('ChangeEndpoint', { endpoint: url }, day).thenRefused('PULL_HAS_NO_ENDPOINT');
    given(pulled.in(service)).when('DisableSubscription', { because: 'gone' }, day).thenRefused('PULL_HAS_NO_ENDPOINT');
  });
  it('asks for a dimension once', () => {
    const where = ['C1', 'C2'].map((is) => ({ dimension: 'component', is }));
    given(none).when('CreateSubscription', { delivery: 'pull', where }, day).thenRefused('SUBSCRIPTION_DIMENSION_TWICE');
  });
  it.each([
    ['component', 'c1'],
    ['country', 'es'],
  ])('is refused for a %s that no event can have, such as %s, and takes a call that is yet to come', (dimension, is) => {
    const of = (...where: readonly { readonly dimension: string; readonly is: string }[]) =>
      given(none).when('CreateSubscription', { delivery: 'pull', where: [...where] }, day);
    of({ dimension, is }).thenRefused('GATE_CLOSED', 'something-could-pass', 'WHAT_CAN_BE');
    const call = { dimension: 'call', is: 'call-2031' };
    of(call).then({ type: 'SubscriptionCreated', data: { delivery: 'pull', role: 'evaluator', where: [call], from: 'now' } });
  });
});

describe('a subscription', () => {
  it('belongs to whoever created it, and to administrators', () => {
    for (const [command, body] of [
      ['ChangeEndpoint', { endpoint: `${url}/2` }],
      ['PauseSubscription', {}],
      ['MoveSubscription', { from: 'now' }],
      ['ReplayDeliveries', { events: ['party-malaga@0'] }],
      ['DeleteSubscription', {}],
    ] as const) {
      given(sent.in({ actor: 'bea' }))
        .when(command, body, day)
        .thenRefused('SUBSCRIPTION_NOT_YOURS');
      expect(sent.in({ actor: 'bea', roles: ['admin'] }).tries(command, body, day)).toHaveLength(1);
      for (const told of [none, deleted]) given(told).when(command, body, day).thenRefused('NO_SUCH_SUBSCRIPTION');
    }
    given(paused.in({ actor: 'bea' }))
      .when('ResumeSubscription', {}, day)
      .thenRefused('SUBSCRIPTION_NOT_YOURS');
    given(none.in(service)).when('DisableSubscription', { because: 'gone' }, day).thenRefused('NO_SUCH_SUBSCRIPTION');
  });
  it('is changed by its owner in its role alone: whoever lost that may still pause and delete it', () => {
    const lost = { actor: 'ana', roles: ['service'] };
    for (const [told, command, body] of [
      [sent, 'ChangeEndpoint', { endpoint: `${url}/2` }],
      [sent, 'ChangeEndpoint', { endpoint: url }],
      [sent, 'MoveSubscription', { from: 'now' }],
      [sent, 'ReplayDeliveries', { events: ['party-malaga@0'] }],
      [paused, 'ResumeSubscription', {}],
      [sent, 'ResumeSubscription', {}],
    ] as const) {
      given(told.in(lost)).when(command, body, day).thenRefused('SUBSCRIPTION_ROLE_NOT_YOURS');
    }
    for (const command of ['PauseSubscription', 'DeleteSubscription'] as const)
      expect(sent.in(lost).tries(command, {}, day)).toHaveLength(1);
    const byAdmin = none.in({ roles: ['admin'] }).does('CreateSubscription', { delivery: 'pull', role: 'focal-point' }, day);
    expect(byAdmin.tries('MoveSubscription', { from: 'now' }, day)).toHaveLength(1);
  });
  it('gets another endpoint, which is another one to verify', () => {
    given(sent).when('ChangeEndpoint', { endpoint: url }, day).thenNothing();
    const changed = sent.does('ChangeEndpoint', { endpoint: `${url}/2` }, day);
    expect(stateOf(changed)).toMatchObject({ endpoint: words(`${url}/2`), endpoints: 2, moves: 1 });
  });
  it('is paused and resumed, once each', () => {
    given(sent)
      .when('PauseSubscription', { reason: 'Moving house' }, day)
      .then({ type: 'SubscriptionPaused', data: { reason: words('Moving house') } });
    given(paused).when('PauseSubscription', {}, day).thenNothing();
    given(paused).when('ResumeSubscription', {}, day).then({ type: 'SubscriptionResumed', data: {} });
    given(sent).when('ResumeSubscription', {}, day).thenNothing();
  });
  it('is disabled by whoever delivers, says why, and is resumed by its owner', () => {
    expect(stateOf(disabled)).toMatchObject({ is: 'disabled', becauseDisabled: 'failing' });
    given(disabled.in(service)).when('DisableSubscription', { because: 'gone' }, day).thenNothing();
    const resumed = disabled.does('ResumeSubscription', {}, day);
    expect(stateOf(resumed)).toMatchObject({ is: 'active', becauseDisabled: undefined });
  });
  it('is moved to one other place, also twice to the same: it has gone on meanwhile', () => {
    const moved = sent.does('MoveSubscription', { after: 'party-malaga@0' }, day);
    expect(stateOf(moved)).toMatchObject({ start: { after: 'party-malaga@0' }, moves: 2 });
    expect(counts(moved.does('MoveSubscription', { after: 'party-malaga@0' }, day)).moves).toBe(3);
    given(sent).when('MoveSubscription', {}, day).thenRefused('START_MISSING');
    given(sent).when('MoveSubscription', { from: 'now', since: '2020-01-01T00:00:00Z' }, day).thenRefused('START_NAMED_TWICE');
  });
  it('has events delivered again, in the order in which that was asked', () => {
    const since = '2020-06-01T00:00:00Z';
    const twice = sent
      .does('ReplayDeliveries', { events: ['party-malaga@0', 'party-malaga@1'] }, day)
      .does('ReplayDeliveries', { since, until: '2020-07-01T02:00:00+02:00' }, day)
      .does('ReplayDeliveries', { since }, day);
    expect(counts(twice).replays).toBe(3);
    expect(stateOf(twice).replayed).toEqual([
      { replay: 1, events: ['party-malaga@0', 'party-malaga@1'] },
      { replay: 2, since: '2020-06-01T00:00:00.000Z', until: '2020-07-01T00:00:00.000Z' },
      { replay: 3, since: '2020-06-01T00:00:00.000Z', until: twice.history.at(-1)!.recordedAt },
    ]);
    const ahead = sent.does('ReplayDeliveries', { since, until: '2030-01-01T00:00:00Z' }, day);
    expect(stateOf(ahead).replayed).toMatchObject([{ until: ahead.history.at(-1)!.recordedAt }]);
  });
  it('is told what to deliver again: events, or a time that ends after it begins', () => {
    const [since, events] = ['2020-06-01T00:00:00Z', ['party-malaga@0']];
    for (const body of [{}, { events, since }, { until: since }, { events, until: since }])
      given(sent).when('ReplayDeliveries', body, day).thenRefused('REPLAY_OF_WHAT');
    given(sent).when('ReplayDeliveries', { since, until: since }, day).thenRefused('REPLAY_ENDS_BEFORE');
    given(sent).when('ReplayDeliveries', { since: '2021-06-01T00:00:00Z' }, day).thenRefused('REPLAY_ENDS_BEFORE');
  });
  it('whose name was deleted may be created again, and its counts never fall', () => {
    const replayed = sent.does('ReplayDeliveries', { events: ['party-malaga@0'] }, day).does('DeleteSubscription', { reason: 'Over' }, day);
    expect(subscription.seen(replayed.state)).toBeUndefined();
    const again = replayed.in({ actor: 'bea' }).does('CreateSubscription', { delivery: 'webhook', endpoint: url }, day);
    expect(stateOf(again)).toMatchObject({ is: 'active', owner: 'bea', moves: 2, endpoints: 2, replays: 1, replayed: [] });
    expect(subscription.seen(again.state)).toEqual({ is: 'active' });
  });
  it('never changes afterwards: deliveries were made by it', () =>
    given(sent)
      .when('Correct', { retract: [{ revision: 0 }], ...because })
      .thenRefused('FACT_NEVER_CHANGES'));
  it('counts while it stands, and each time it is disabled', () => {
    const facts = (told: Told) => told.standing.flatMap((event) => factsOf(subscription, event, told.state, initialState(subscription)));
    const one = { measure: 'subscriptions', subject: 'subscription' };
    expect(facts(deleted)).toEqual([
      { ...one, quantity: 1 },
      { ...one, quantity: -1 },
    ]);
    expect(facts(disabled).slice(1)).toEqual([
      { measure: 'subscriptions-disabled', subject: 'subscription', quantity: 1, by: { because: 'failing' } },
    ]);
  });
});

describe('what can be done with a subscription', () => {
  const names = (told: Told) => told.next(day).map(({ name }) => name);
  it('is what would change it, for its owner', () => {
    expect(names(none)).toEqual(['CreateSubscription']);
    expect(names(pulled)).toEqual(['PauseSubscription', 'MoveSubscription', 'ReplayDeliveries', 'DeleteSubscription']);
    expect(names(paused)).toEqual(['ChangeEndpoint', 'ResumeSubscription', 'MoveSubscription', 'ReplayDeliveries', 'DeleteSubscription']);
    expect(names(sent.in({ actor: 'bea' }))).toEqual([]);
    expect(names(sent.in(service))).toEqual(['DisableSubscription']);
    expect(names(deleted)).toEqual(['CreateSubscription']);
  });
});
