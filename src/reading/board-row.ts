import type { Standing } from '../kernel/history';
import type { Moment } from '../kernel/part';
import type { RuleBook, RuleSet } from '../kernel/rules';
import { pairing } from '../lifecycles/pairing';
import type { Pairing } from '../lifecycles/pairing-parts';
import { nextStep as nextStepOf, type NextStep } from '../lifecycles/pairing-steps';
import { delegationOf } from '../parts/delegations';
import { currentNetworks } from '../parts/networks';
import { boardDurations, type BoardDurations } from './board-durations';

/** What the board shows of a pairing, all but what depends on the day and on the reader. */
export interface BoardPairing extends BoardDurations {
  readonly id: string;
  readonly phase: string;
  readonly component: string;
  readonly call: string;
  readonly rules: string;
  readonly sides: readonly { readonly side: string; readonly parties: readonly string[] }[];
  readonly themes: readonly string[];
  readonly formedOn: string;
  readonly nextStep?: NextStep;
  readonly missions: Counted<'planned' | 'held' | 'virtual' | 'cancelled'> & { readonly list: readonly BoardMission[] };
  /** Version 0 and `none` before the first draft. */
  readonly plan: { readonly version: number; readonly status: string; readonly approvedVersions: readonly number[] };
  readonly pilots: Counted<'designed' | 'started' | 'completed' | 'abandoned' | 'funded'> & {
    readonly list: readonly { readonly pilot: string; readonly status: string; readonly action: string }[];
  };
  /** The thematic networks it is in. */
  readonly networks: readonly string[];
  readonly agreements: readonly {
    readonly agreement: string;
    readonly kind: string;
    readonly status: string;
    readonly concludedOn?: string;
    /** Its last day, as it was renewed; left out where it has no end. */
    readonly validUntil?: string;
  }[];
}
type Counted<Names extends string> = Readonly<Record<Names, number>>;
interface BoardMission {
  readonly mission: number;
  readonly status: string;
  readonly mode: string;
  readonly visitor: string;
  readonly from: string;
  readonly to: string;
  readonly place?: string;
  readonly delegates?: number;
  /** Of the members that were recorded one by one. */
  readonly delegation?: { readonly members: number; readonly funded: number };
}

/** A pairing as it stands; undefined where it is not there. */
export const boardPairing = (
  id: string,
  state: Pairing,
  moment: Omit<Moment, 'rules'>,
  rules: RuleSet | undefined,
): BoardPairing | undefined => {
  const { course, plan } = state;
  if (course.phase === 'absent') return undefined;
  const nextStep = nextStepOf(state, moment, rules);
  return {
    id,
    phase: course.phase,
    component: course.component,
    call: course.call,
    rules: course.rules,
    sides: course.sides.map(({ side, members }) => ({ side, parties: members.map(({ party }) => party) })),
    themes: Object.entries(state.themes).flatMap(([theme, { is }]) => (is === 'agreed' ? [theme] : [])),
    formedOn: course.formedOn,
    ...boardDurations(state, rules),
    ...(nextStep && { nextStep }),
    missions: missionsOf(state),
    plan: {
      version: plan.current,
      status: plan.versions[plan.current]?.is ?? 'none',
      approvedVersions: Object.entries(plan.versions).flatMap(([version, { is }]) => (is === 'approved' ? [Number(version)] : [])),
    },
    pilots: pilotsOf(state),
    networks: currentNetworks(state.networks),
    agreements: Object.entries(state.agreements).map(([agreement, { kind, is, concludedOn, validUntil }]) => ({
      agreement,
      kind,
      status: is,
      ...(concludedOn === undefined ? {} : { concludedOn }),
      ...(validUntil === undefined ? {} : { validUntil }),
    })),
  };
};

/** A pairing after all these facts. */
export const boardPairingIn = (id: string, state: Pairing, standing: readonly Standing[], book: RuleBook): BoardPairing | undefined => {
  const last = standing.at(-1);
  const rules = pairing.rules(state);
  return last && boardPairing(id, state, last, rules === undefined ? undefined : book(rules));
};

const missionsOf = ({ missions, delegations }: Pairing): BoardPairing['missions'] => {
  const list = Object.entries(missions).map(([mission, each]): BoardMission => {
    const { is, mode, visitor, from, to } = each;
    const members = delegationOf(delegations, Number(mission))?.members;
    return {
      mission: Number(mission),
      status: is,
      mode,
      visitor,
      from,
      to,
      ...(each.is === 'held' && { place: each.place, delegates: each.delegates }),
      ...(members && { delegation: { members: members.length, funded: members.filter(({ funded }) => funded).length } }),
    };
  });
  const count = (test: (mission: BoardMission) => boolean) => list.filter(test).length;
  return {
    planned: count(({ status }) => status === 'planned'),
    held: count(({ status }) => status === 'held'),
    virtual: count(({ status, mode }) => status === 'held' && mode === 'virtual'),
    cancelled: count(({ status }) => status === 'cancelled'),
    list,
  };
};

const pilotsOf = ({ pilots }: Pairing): BoardPairing['pilots'] => {
  const all = Object.entries(pilots);
  const count = (status: string) => all.filter(([, { is }]) => is === status).length;
  return {
    designed: count('designed'),
    started: count('started'),
    completed: count('completed'),
    abandoned: count('abandoned'),
    funded: all.filter(([, { funding }]) => funding.length > 0).length,
    list: all.map(([pilot, { is, action }]) => ({ pilot, status: is, action })),
  };
};
