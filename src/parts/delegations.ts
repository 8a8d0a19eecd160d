import { isDeepStrictEqual } from 'node:util';
import { Count, Items, officers, OneOf, Person, type Whole, YesNo } from '../kernel/fields';
import { command, type Fact, part } from '../kernel/part';
import { byDate, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';
import { type Sector, sectors } from './sectors';

const genders = ['woman', 'man', 'other', 'not-said'] as const;
type Gender = (typeof genders)[number];
/** Somebody who travels, or sits at a screen; `funded`: on a seat that the programme pays. */
export interface Delegate {
  sector: Sector;
  gender: Gender;
  funded: boolean;
  person?: string;
}

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface DelegationEvents {
  DelegationRecorded: { mission: Whole; members: Delegate[] };
}

export class DelegateForm {
  @OneOf('Kind of organisation the member comes from', sectors) sector!: Sector;
  @OneOf('Gender', genders) gender!: Gender;
  @YesNo('Whether the programme pays the seat') funded!: boolean;
  @Person('Who it is', { optional: true }) person?: string;
}
export class RecordDelegation {
  @Count('Number of the mission', { min: 1, max: 20 }) mission!: number;
  @Items(DelegateForm, 'All members; they replace those recorded before', { min: 1, max: 500 }) members!: DelegateForm[];
}

/** A delegation as it was on a date. */
interface Listed {
  readonly on: PartialDate;
  readonly members: readonly Delegate[];
}
/** By mission; each in the order of recording. */
type Delegations = Readonly<Record<number, readonly Listed[]>>;

interface Needs {
  /** Those planned or held. */
  readonly missions: readonly number[];
}

const says = vocabulary({
  TOO_MANY_FUNDED: '{funded} funded seats are too many: the rule set allows {allowed}. The delegation itself may be larger',
  DELEGATE_TWICE: 'Somebody occurs twice in the delegation: {person}',
});

/** The delegation of a mission as it is known last: of the latest date, whenever that was recorded. */
export const delegationOf = (delegations: Delegations, mission: number): Listed | undefined =>
  delegations[mission]?.toSorted((one, other) => byDate(one.on, other.on)).at(-1);

const counted = (mission: number, listed: Listed | undefined, sign: 1 | -1): readonly Fact<'delegation-members'>[] => {
  const kinds = new Map<string, Fact<'delegation-members'>>();
  for (const { sector, gender, funded } of listed?.members ?? []) {
    const by = { sector, gender, funded: funded ? 'yes' : 'no' };
    const key = Object.values(by).join();
    kinds.set(key, { measure: 'delegation-members', subject: `mission ${mission}`, quantity: (kinds.get(key)?.quantity ?? 0) + sign, by });
  }
  return [...kinds.values()];
};

/** Who was in the delegation of a mission: kinds of organisation, genders, seats paid by the programme (IUC guidelines: at most 5 funded travellers, and more at the cities' own cost). */
export const delegations = part<DelegationEvents, Delegations, Needs>()({
  says,
  commands: { RecordDelegation: command(RecordDelegation, officers, ['DelegationRecorded']) },
  initial: {},
  offers: {
    RecordDelegation: (_, { missions }) => missions.map((mission) => ({ known: { mission } })),
  },

  decide: {
    RecordDelegation: ({ mission, members }, delegations, { occurredOn }) => {
      const listed = members.map(({ sector, gender, funded, person }): Delegate => ({
        sector,
        gender,
        funded,
        ...(person !== undefined && { person }),
      }));
      const sameDate = delegations[mission]?.findLast(({ on }) => on === occurredOn);
      if (isDeepStrictEqual(sameDate?.members, listed)) return [];
      return [{ type: 'DelegationRecorded', data: { mission, members: listed } }];
    },
  },

  requires: {
    DelegationRecorded: (_, { members }, { rules }) => {
      const allowed = rules.maxFundedTravellers;
      const funded = members.filter((each) => each.funded).length;
      const persons = members.flatMap(({ person }) => (person === undefined ? [] : [person]));
      const twice = persons.find((person, i) => persons.indexOf(person) < i);
      return [
        ...(funded > allowed ? [says.lack('TOO_MANY_FUNDED', { funded, allowed })] : []),
        ...(twice === undefined ? [] : [says.lack('DELEGATE_TWICE', { person: twice })]),
      ];
    },
  },

  evolve: {
    DelegationRecorded: (delegations, { mission, members }, { occurredOn }) => ({
      ...delegations,
      [mission]: [...(delegations[mission] ?? []), { on: occurredOn, members }],
    }),
  },

  measures: {
    'delegation-members': { counts: 'members of delegations', by: ['sector', 'gender', 'funded'] },
  },
  facts: {
    // What replaces an earlier list takes that back; what is of an earlier date than the list that holds counts for nothing.
    DelegationRecorded: ({ mission }, after, before) =>
      delegationOf(after, mission) === after[mission]!.at(-1)
        ? [...counted(mission, delegationOf(before, mission), -1), ...counted(mission, delegationOf(after, mission), 1)]
        : [],
  },
});
