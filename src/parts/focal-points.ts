import { officers, Person, Slug } from '../kernel/fields';
import { command, part } from '../kernel/part';
import { byDate, certainlyAfter, type Day, firstDay, lastDay, type PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface FocalPointEvents {
  FocalPointDesignated: { side: string; person: string };
  FocalPointReplaced: { side: string; leaving: string; person: string };
  FocalPointVacated: { side: string; person: string };
}

export class DesignateFocalPoint {
  @Slug('The side it answers for') side!: string;
  @Person('Who answers for it from then on') person!: string;
}
export class ReplaceFocalPoint {
  @Slug('The side it answers for') side!: string;
  @Person('Who leaves', { gone: true }) leaving!: string;
  @Person('Who answers for it from then on') person!: string;
}
export class VacateFocalPoint {
  @Slug('The side it answers for') side!: string;
  @Person('Who leaves, with nobody following yet', { gone: true }) person!: string;
}

/** Somebody answers for a side from one date to another: until somebody leaves, or somebody else begins. */
export interface Term {
  readonly person: string;
  readonly from: PartialDate;
  /** Whom the person replaced. */
  readonly instead?: string;
  /** When the person is recorded to have left. */
  readonly to?: PartialDate;
  readonly replacedBy?: string;
}
/** By side; each side's in the order of recording. */
export type FocalPoints = Readonly<Record<string, readonly Term[]>>;
interface Needs {
  readonly sides: readonly string[];
}

const says = vocabulary({
  NO_SUCH_SIDE: 'There is no side {side} here',
  FOCAL_POINT_STANDS: 'Somebody is the focal point of that side on {occurredOn}: {person}. Say who replaces whom, or who left when',
  NOT_THE_FOCAL_POINT: 'Not the focal point of that side on {occurredOn}: {person}',
});

/** A side is a name of the caller's, `constructor` among them. */
const recorded = (focalPoints: FocalPoints, side: string): readonly Term[] => (Object.hasOwn(focalPoints, side) ? focalPoints[side]! : []);
/** What ended a term, or may have: the leaving, and who began later, also where nobody recorded a leaving. */
const endsOf = (terms: readonly Term[], { from, to }: Term): readonly PartialDate[] => [
  ...(to === undefined ? [] : [to]),
  ...terms.filter((other) => certainlyAfter(other.from, from)).map((other) => other.from),
];
const before = (day: Day, ends: readonly PartialDate[], of: (end: PartialDate) => Day) => ends.every((end) => day < of(end));

/** With when it ended, also where that follows from who began later. */
const ended = (terms: readonly Term[], term: Term): Term => {
  const to = endsOf(terms, term).toSorted(byDate)[0];
  return { ...term, ...(to !== undefined && { to }) };
};
const inOrder = (one: Term, other: Term) => byDate(one.from, other.from);

/** Who answered for a side, in the order in which they began, each until it left or somebody else began. */
export const termsOf = (focalPoints: FocalPoints, side: string): readonly Term[] => {
  const terms = recorded(focalPoints, side);
  return terms.map((term) => ended(terms, term)).toSorted(inOrder);
};

/** Somebody who answered for a side on a day: for certain, or as far as dates known roughly tell. */
export interface Responsible extends Term {
  readonly is: 'certain' | 'possible';
}
/** Who answered for a side on a day. Nobody for certain where it is empty; perhaps nobody where all are only possible. */
export const responsibleOn = (focalPoints: FocalPoints, side: string, day: Day): readonly Responsible[] => {
  const terms = recorded(focalPoints, side);
  const possible = terms.filter((term) => firstDay(term.from) <= day && before(day, endsOf(terms, term), lastDay));
  const alone = possible.length === 1;
  return possible
    .map((term): Responsible => {
      const surely = alone && lastDay(term.from) <= day && before(day, endsOf(terms, term), firstDay);
      return { ...ended(terms, term), is: surely ? 'certain' : 'possible' };
    })
    .toSorted(inOrder);
};

/** Who certainly answers for a side on every day that a date may mean. */
const certainly = (focalPoints: FocalPoints, side: string, date: PartialDate): Term | undefined => {
  const [on, still] = [firstDay(date), lastDay(date)].map((day) =>
    responsibleOn(focalPoints, side, day).find(({ is }) => is === 'certain'),
  );
  return on && still && on.person === still.person && on.from === still.from ? on : undefined;
};
/** The term that a person may leave on a date: begun by then, neither left nor certainly followed by another before. */
const leavable = (focalPoints: FocalPoints, side: string, person: string, date: PartialDate): Term | undefined => {
  const terms = recorded(focalPoints, side);
  return terms
    .filter((term) => term.person === person && term.to === undefined && !certainlyAfter(term.from, date))
    .filter((term) => endsOf(terms, term).every((end) => !certainlyAfter(date, end)))
    .toSorted(inOrder)
    .at(-1);
};

const known = ({ sides }: Needs, side: string) => (sides.includes(side) ? [] : [says.lack('NO_SUCH_SIDE', { side })]);
const leaves = (focalPoints: FocalPoints, side: string, person: string, occurredOn: PartialDate) =>
  leavable(focalPoints, side, person, occurredOn) ? [] : [says.lack('NOT_THE_FOCAL_POINT', { person, occurredOn })];
const left = (focalPoints: FocalPoints, side: string, person: string, on: PartialDate, by?: string): FocalPoints => {
  const term = leavable(focalPoints, side, person, on);
  const terms = recorded(focalPoints, side).map((each) =>
    each === term ? { ...each, to: on, ...(by !== undefined && { replacedBy: by }) } : each,
  );
  return { ...focalPoints, [side]: terms };
};
const begun = (focalPoints: FocalPoints, side: string, term: Term): FocalPoints => ({
  ...focalPoints,
  [side]: [...recorded(focalPoints, side), term],
});
const notLeft = (focalPoints: FocalPoints) =>
  Object.entries(focalPoints).flatMap(([side, terms]) => terms.flatMap(({ person, to }) => (to === undefined ? [{ side, person }] : [])));
const some = (focalPoints: FocalPoints, side: string, test: (term: Term) => boolean) => recorded(focalPoints, side).some(test);

/** Who answers for each side, from when to when; after elections they change (closing newsletter, 2020: focal points of the cities). */
export const focalPoints = part<FocalPointEvents, FocalPoints, Needs>()({
  says,
  commands: {
    DesignateFocalPoint: command(DesignateFocalPoint, officers, ['FocalPointDesignated']),
    ReplaceFocalPoint: command(ReplaceFocalPoint, officers, ['FocalPointReplaced']),
    VacateFocalPoint: command(VacateFocalPoint, officers, ['FocalPointVacated']),
  },
  initial: {},
  offers: {
    DesignateFocalPoint: (_, { sides }) => sides.map((side) => ({ known: { side } })),
    ReplaceFocalPoint: (now) => notLeft(now).map(({ side, person }) => ({ known: { side, leaving: person } })),
    VacateFocalPoint: (now) => notLeft(now).map((known) => ({ known })),
  },

  decide: {
    DesignateFocalPoint: ({ side, person }, now, { occurredOn }) =>
      some(now, side, (term) => term.person === person && term.from === occurredOn && term.instead === undefined)
        ? []
        : [{ type: 'FocalPointDesignated', data: { side, person } }],
    ReplaceFocalPoint: ({ side, leaving, person }, now, { occurredOn }) =>
      some(now, side, (term) => term.person === person && term.from === occurredOn && term.instead === leaving)
        ? []
        : [{ type: 'FocalPointReplaced', data: { side, leaving, person } }],
    VacateFocalPoint: ({ side, person }, now, { occurredOn }) =>
      some(now, side, (term) => term.person === person && term.to === occurredOn && term.replacedBy === undefined)
        ? []
        : [{ type: 'FocalPointVacated', data: { side, person } }],
  },

  requires: {
    FocalPointDesignated: (now, { side }, { occurredOn }, needs) => {
      const standing = certainly(now, side, occurredOn);
      return [...known(needs, side), ...(standing ? [says.lack('FOCAL_POINT_STANDS', { person: standing.person, occurredOn })] : [])];
    },
    FocalPointReplaced: (now, { side, leaving, person }, { occurredOn }, needs) => {
      const standing = certainly(now, side, occurredOn);
      return [
        ...known(needs, side),
        ...leaves(now, side, leaving, occurredOn),
        ...(leaving === person || (standing && standing.person !== leaving)
          ? [says.lack('FOCAL_POINT_STANDS', { person: standing?.person ?? person, occurredOn })]
          : []),
      ];
    },
    FocalPointVacated: (now, { side, person }, { occurredOn }, needs) => [...known(needs, side), ...leaves(now, side, person, occurredOn)],
  },

  evolve: {
    FocalPointDesignated: (now, { side, person }, { occurredOn }) => begun(now, side, { person, from: occurredOn }),
    FocalPointReplaced: (now, { side, leaving, person }, { occurredOn }) =>
      begun(left(now, side, leaving, occurredOn, person), side, { person, from: occurredOn, instead: leaving }),
    FocalPointVacated: (now, { side, person }, { occurredOn }) => left(now, side, person, occurredOn),
  },

  measures: {
    'focal-points-designated': { counts: 'focal points designated', by: ['side'] },
    'focal-points-replaced': { counts: 'focal points replaced', by: ['side'] },
  },
  facts: {
    FocalPointDesignated: ({ side }) => [{ measure: 'focal-points-designated', subject: `focal point ${side}`, quantity: 1, by: { side } }],
    FocalPointReplaced: ({ side }) => [{ measure: 'focal-points-replaced', subject: `focal point ${side}`, quantity: 1, by: { side } }],
  },
});
