import { isDeepStrictEqual } from 'node:util';
import { Count, Name, officers, OneOf, ProtectedText, type TextRef, type Whole } from '../kernel/fields';
import { PartialDate } from '../kernel/fields-dates';
import { command, part } from '../kernel/part';
import { certainlyAfter, certainlyBefore } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

const sides = ['european', 'latin-american'] as const;
type Side = (typeof sides)[number];
type Mode = 'in-person' | 'virtual';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface MissionEvents {
  MissionPlanned: { mission: Whole; visitor: Side; from: string; to: string };
  MissionRescheduled: { mission: Whole; from: string; to: string; reason?: TextRef };
  MissionMadeVirtual: { mission: Whole; reason: TextRef };
  MissionCancelled: { mission: Whole; reason: TextRef };
  MissionHeld: {
    mission: Whole;
    mode: Mode;
    from: string;
    to: string;
    place: string;
    delegates: Whole;
  };
  MissionReported: { mission: Whole; outputs: TextRef };
}

export class PlanMission {
  @Count('Number of the mission', { min: 1, max: 20 }) mission!: number;
  @OneOf('The side that travels', sides) visitor!: Side;
  @PartialDate('First day of the visit, as far as it is known') from!: string;
  @PartialDate('Last day of the visit, as far as it is known') to!: string;
}
export class RescheduleMission {
  @Count('Number of the mission', { min: 1, max: 20 }) mission!: number;
  @PartialDate('New first day') from!: string;
  @PartialDate('New last day') to!: string;
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}
export class MakeMissionVirtual {
  @Count('Number of the mission', { min: 1, max: 20 }) mission!: number;
  @ProtectedText('Why it does not travel') reason!: TextRef;
}
export class CancelMission {
  @Count('Number of the mission', { min: 1, max: 20 }) mission!: number;
  @ProtectedText('Why') reason!: TextRef;
}
export class HoldMission {
  @Count('Number of the mission', { min: 1, max: 20 }) mission!: number;
  @PartialDate('First day it was held') from!: string;
  @PartialDate('Last day it was held') to!: string;
  @Name('Where: a city, or `online`') place!: string;
  @Count('People of the visiting delegation', { max: 500 }) delegates!: number;
}
export class ReportMission {
  @Count('Number of the mission', { min: 1, max: 20 }) mission!: number;
  @ProtectedText('What came out of it', { max: 20_000 }) outputs!: TextRef;
}

interface Visit {
  readonly visitor: Side;
  readonly mode: Mode;
  readonly from: string;
  readonly to: string;
}
interface Planned extends Visit {
  readonly is: 'planned';
  readonly movedFor?: TextRef | undefined;
  readonly virtualFor?: TextRef;
}
export type Mission =
  | Planned
  | (Visit & { readonly is: 'cancelled'; readonly reason: TextRef })
  | (Visit & { readonly is: 'held'; readonly place: string; readonly delegates: number; readonly outputs?: TextRef });
export type Missions = Readonly<Record<number, Mission>>;

const says = vocabulary({
  NO_SUCH_MISSION: 'Mission {mission} was never planned',
  MISSION_NOT_OPEN: 'Mission {mission} is already {is, select, held {held} cancelled {cancelled} other {planned otherwise}}',
  MISSION_ALREADY_VIRTUAL: 'Mission {mission} was already made virtual, for another reason',
  MISSION_NOT_HELD: 'Mission {mission} was not held',
  TOO_MANY_MISSIONS: 'The rule set allows {allowed} missions',
  MISSION_ENDS_BEFORE_IT_BEGINS: 'The last day of a mission cannot come before its first',
  MISSION_DATED_OUTSIDE_ITSELF:
    'The fact is dated {occurredOn}, but the mission was held from {from} to {to}: say when it happened (occurredOn)',
});

const standing = (missions: Missions) => Object.values(missions).filter(({ is }) => is !== 'cancelled');
const inOrder = ({ from, to }: { from: string; to: string }) =>
  certainlyBefore(to, from) ? [says.lack('MISSION_ENDS_BEFORE_IT_BEGINS')] : [];
const open = (missions: Missions, { mission }: { mission: number }) => {
  const now = missions[mission];
  if (!now) return [says.lack('NO_SUCH_MISSION', { mission })];
  return now.is === 'planned' ? [] : [says.lack('MISSION_NOT_OPEN', { mission, is: now.is })];
};
const numbered = (missions: Missions, is: Mission['is']) =>
  Object.entries(missions).flatMap(([mission, now]) => (now.is === is ? [{ known: { mission: Number(mission) } }] : []));
const planned = (missions: Missions) => numbered(missions, 'planned');
const change = (missions: Missions, mission: number, to: (now: Mission) => Mission): Missions => {
  const now = missions[mission];
  return now ? { ...missions, [mission]: to(now) } : missions;
};
const changePlanned = (missions: Missions, mission: number, to: (now: Planned) => Planned): Missions =>
  change(missions, mission, (now) => (now.is === 'planned' ? to(now) : now));

/** Technical missions: planned, moved, made virtual, cancelled, held, reported (S1: two a pairing, sometimes a third; S3: "entre 2 y 3 visitas técnicas"). */
export const missions = part<MissionEvents, Missions>()({
  says,
  commands: {
    PlanMission: command(PlanMission, officers, ['MissionPlanned']),
    RescheduleMission: command(RescheduleMission, officers, ['MissionRescheduled']),
    MakeMissionVirtual: command(MakeMissionVirtual, officers, ['MissionMadeVirtual']),
    CancelMission: command(CancelMission, officers, ['MissionCancelled']),
    HoldMission: command(HoldMission, officers, ['MissionHeld']),
    ReportMission: command(ReportMission, officers, ['MissionReported']),
  },
  initial: {},
  offers: {
    PlanMission: (missions) =>
      sides.map((visitor) => ({ known: { mission: Math.max(0, ...Object.keys(missions).map(Number)) + 1, visitor } })),
    RescheduleMission: planned,
    MakeMissionVirtual: planned,
    CancelMission: planned,
    HoldMission: (missions) =>
      planned(missions).map(({ known }) => ({
        known: { ...known, from: missions[known.mission]!.from, to: missions[known.mission]!.to },
        on: missions[known.mission]!.to,
      })),
    ReportMission: (missions) => numbered(missions, 'held'),
  },

  decide: {
    PlanMission: ({ mission, visitor, from, to }, missions) => {
      const now = missions[mission];
      const data = { mission, visitor, from, to };
      if (now?.is === 'planned' && isDeepStrictEqual({ mission, visitor: now.visitor, from: now.from, to: now.to }, data)) return [];
      return [{ type: 'MissionPlanned', data }];
    },
    RescheduleMission: ({ mission, from, to, reason }, missions) => {
      const now = missions[mission];
      if (now?.is === 'planned' && now.from === from && now.to === to && isDeepStrictEqual(now.movedFor, reason)) return [];
      return [{ type: 'MissionRescheduled', data: { mission, from, to, ...(reason && { reason }) } }];
    },
    MakeMissionVirtual: ({ mission, reason }, missions) => {
      const now = missions[mission];
      if (now?.is === 'planned' && isDeepStrictEqual(now.virtualFor, reason)) return [];
      return [{ type: 'MissionMadeVirtual', data: { mission, reason } }];
    },
    CancelMission: ({ mission, reason }, missions) => {
      const now = missions[mission];
      if (now?.is === 'cancelled' && isDeepStrictEqual(now.reason, reason)) return [];
      return [{ type: 'MissionCancelled', data: { mission, reason } }];
    },
    HoldMission: ({ mission, from, to, place, delegates }, missions) => {
      const now = missions[mission];
      if (now?.is === 'held' && now.from === from && now.to === to && now.place === place && now.delegates === delegates) return [];
      return [{ type: 'MissionHeld', data: { mission, mode: now?.mode ?? 'in-person', from, to, place, delegates } }];
    },
    ReportMission: ({ mission, outputs }, missions) => {
      const now = missions[mission];
      if (now?.is === 'held' && isDeepStrictEqual(now.outputs, outputs)) return [];
      return [{ type: 'MissionReported', data: { mission, outputs } }];
    },
  },

  requires: {
    MissionPlanned: (missions, data, { rules }) => {
      const now = missions[data.mission];
      if (now) return [says.lack('MISSION_NOT_OPEN', { mission: data.mission, is: now.is })];
      return standing(missions).length >= rules.missionsAllowed
        ? [says.lack('TOO_MANY_MISSIONS', { allowed: rules.missionsAllowed })]
        : inOrder(data);
    },
    MissionRescheduled: (missions, data) => [...open(missions, data), ...inOrder(data)],
    MissionMadeVirtual: (missions, data) => {
      const now = missions[data.mission];
      return now?.is === 'planned' && now.mode === 'virtual'
        ? [says.lack('MISSION_ALREADY_VIRTUAL', { mission: data.mission })]
        : open(missions, data);
    },
    MissionCancelled: open,
    MissionHeld: (missions, data, { occurredOn }) => [
      ...open(missions, data),
      ...inOrder(data),
      ...(certainlyBefore(occurredOn, data.from) || certainlyAfter(occurredOn, data.to)
        ? [says.lack('MISSION_DATED_OUTSIDE_ITSELF', { occurredOn, from: data.from, to: data.to })]
        : []),
    ],
    MissionReported: (missions, { mission }) => (missions[mission]?.is === 'held' ? [] : [says.lack('MISSION_NOT_HELD', { mission })]),
  },

  evolve: {
    MissionPlanned: (missions, { mission, visitor, from, to }) => ({
      ...missions,
      [mission]: { is: 'planned', mode: 'in-person', visitor, from, to },
    }),
    MissionRescheduled: (missions, { mission, from, to, reason }) =>
      changePlanned(missions, mission, (now) => ({ ...now, from, to, movedFor: reason })),
    MissionMadeVirtual: (missions, { mission, reason }) =>
      changePlanned(missions, mission, (now) => ({ ...now, mode: 'virtual', virtualFor: reason })),
    MissionCancelled: (missions, { mission, reason }) =>
      change(missions, mission, ({ visitor, mode, from, to }) => ({ is: 'cancelled', visitor, mode, from, to, reason })),
    MissionHeld: (missions, { mission, mode, from, to, place, delegates }) =>
      change(missions, mission, ({ visitor }) => ({ is: 'held', visitor, mode, from, to, place, delegates })),
    MissionReported: (missions, { mission, outputs }) =>
      change(missions, mission, (now) => (now.is === 'held' ? { ...now, outputs } : now)),
  },

  measures: {
    'missions-held': { counts: 'missions held', by: ['mode'] },
    delegates: { counts: 'delegates of missions held', by: ['mode'] },
  },
  facts: {
    MissionHeld: ({ mission, mode, delegates }) => [
      { measure: 'missions-held', subject: `mission ${mission}`, quantity: 1, by: { mode } },
      { measure: 'delegates', subject: `mission ${mission}`, quantity: delegates, by: { mode } },
    ],
  },
});
