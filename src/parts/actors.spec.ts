import { given, words } from '../../test/given';
import { formed } from '../../test/states';
import { factsOf } from '../kernel/lifecycle';
import { pairing } from '../lifecycles/pairing';

const university = { actor: 'university-of-malaga', sector: 'academia', side: 'european', name: 'Universidad de Málaga' } as const;
const engaged = formed.does('EngageActor', university, '2017-10');
const released = engaged.does('ReleaseActor', { actor: university.actor, reason: 'Other plans' }, '2018-05');

describe('engaging a key actor', () => {
  it('says its sector and the side it works with, and keeps its name out of the event', () =>
    given(formed)
      .when('EngageActor', university)
      .then({ type: 'KeyActorEngaged', data: { ...university, name: words('Universidad de Málaga') } }));
  it('is done once', () => given(engaged).when('EngageActor', university).thenNothing());
  it('is refused in another sector, or on another side', () => {
    given(engaged)
      .when('EngageActor', { ...university, sector: 'private' })
      .thenRefused('ACTOR_ENGAGED_OTHERWISE');
    given(engaged)
      .when('EngageActor', { ...university, side: 'latin-american' })
      .thenRefused('ACTOR_ENGAGED_OTHERWISE');
  });
  it('can follow after a release', () =>
    expect(released.does('EngageActor', university).state.actors[university.actor]?.is).toBe('engaged'));
});

describe('releasing a key actor', () => {
  it('says why', () =>
    given(engaged)
      .when('ReleaseActor', { actor: university.actor, reason: 'Other plans' })
      .then({ type: 'KeyActorReleased', data: { actor: university.actor, reason: words('Other plans') } }));
  it('is done once', () => given(released).when('ReleaseActor', { actor: university.actor, reason: 'Other plans' }).thenNothing());
  it('is refused for an actor that is not engaged', () => {
    given(formed).when('ReleaseActor', { actor: 'nobody' }).thenRefused('ACTOR_NOT_ENGAGED');
    given(released).when('ReleaseActor', { actor: university.actor }).thenRefused('ACTOR_NOT_ENGAGED');
  });
  it('ends what counts it as active, not what counts it as engaged', () => {
    const facts = factsOf(pairing, released.standing.at(-1)!, released.state, engaged.state);
    expect(facts).toEqual([
      {
        measure: 'actors-active',
        subject: { ref: 'actor/university-of-malaga' },
        quantity: -1,
        by: { sector: 'academia', side: 'european' },
      },
    ]);
  });
});
