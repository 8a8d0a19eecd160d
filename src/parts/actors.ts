import { OneOf, officers, ProtectedText, Slug, type TextRef } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import { vocabulary } from '../kernel/refusal';
import { type Side, sides } from './course';
import { type Sector, sectors } from './sectors';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface ActorEvents {
  KeyActorEngaged: { actor: string; sector: Sector; side: Side; name?: TextRef };
  KeyActorReleased: { actor: string; reason?: TextRef };
}

export class EngageActor {
  @Slug('The organisation; the same id in another pairing is the same organisation') actor!: string;
  @OneOf('Sector it comes from', sectors) sector!: Sector;
  @OneOf('The side it works with', sides) side!: Side;
  @ProtectedText('Its name', { optional: true, max: 300 }) name?: TextRef;
}
export class ReleaseActor {
  @Slug('The organisation') actor!: string;
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}

type Actors = Readonly<
  Record<
    string,
    {
      readonly is: 'engaged' | 'released';
      readonly sector: Sector;
      readonly side: Side;
      readonly name?: TextRef;
      readonly reason?: TextRef;
    }
  >
>;

const says = vocabulary({
  ACTOR_ENGAGED_OTHERWISE: '{actor} is engaged already, in another sector or on another side',
  ACTOR_NOT_ENGAGED: '{actor} is not engaged here',
});

/** Key actors of the cities: engaged, released (domain: private sector, academia, civil society, public). */
export const actors = part<ActorEvents, Actors>()({
  says,
  commands: {
    EngageActor: command(EngageActor, officers, ['KeyActorEngaged']),
    ReleaseActor: command(ReleaseActor, officers, ['KeyActorReleased']),
  },
  initial: {},
  offers: {
    EngageActor: always,
    ReleaseActor: (actors) => Object.keys(actors).map((actor) => ({ known: { actor } })),
  },

  decide: {
    EngageActor: ({ actor, sector, side, name }, actors) => {
      const now = actors[actor];
      if (now?.is === 'engaged' && now.sector === sector && now.side === side && now.name?.digest === name?.digest) return [];
      return [{ type: 'KeyActorEngaged', data: { actor, sector, side, ...(name && { name }) } }];
    },
    ReleaseActor: ({ actor, reason }, actors) => {
      const now = actors[actor];
      if (now?.is === 'released' && now.reason?.digest === reason?.digest) return [];
      return [{ type: 'KeyActorReleased', data: { actor, ...(reason && { reason }) } }];
    },
  },

  requires: {
    KeyActorEngaged: (actors, { actor }) => (actors[actor]?.is === 'engaged' ? [says.lack('ACTOR_ENGAGED_OTHERWISE', { actor })] : []),
    KeyActorReleased: (actors, { actor }) => (actors[actor]?.is === 'engaged' ? [] : [says.lack('ACTOR_NOT_ENGAGED', { actor })]),
  },

  evolve: {
    KeyActorEngaged: (actors, { actor, sector, side, name }) => ({
      ...actors,
      [actor]: { is: 'engaged', sector, side, ...(name && { name }) },
    }),
    KeyActorReleased: (actors, { actor, reason }) =>
      actors[actor] ? { ...actors, [actor]: { ...actors[actor], is: 'released', ...(reason && { reason }) } } : actors,
  },

  measures: {
    'actors-engaged': { counts: 'key actors ever engaged', by: ['sector', 'side'] },
    'actors-active': { counts: 'key actors engaged and not released', by: ['sector', 'side'] },
  },
  facts: {
    KeyActorEngaged: ({ actor, sector, side }) => [
      { measure: 'actors-engaged', subject: { ref: `actor/${actor}` }, quantity: 1, by: { sector, side } },
      { measure: 'actors-active', subject: { ref: `actor/${actor}` }, quantity: 1, by: { sector, side } },
    ],
    KeyActorReleased: ({ actor }, _, before) => {
      const was = before[actor];
      return was
        ? [{ measure: 'actors-active', subject: { ref: `actor/${actor}` }, quantity: -1, by: { sector: was.sector, side: was.side } }]
        : [];
    },
  },
});
