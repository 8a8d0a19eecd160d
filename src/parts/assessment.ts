import { isDeepStrictEqual } from 'node:util';
import { Count, Items, officers, ProtectedText, type Role, Slug, type TextRef, type Whole } from '../kernel/fields';
import { always, command, type Fact, part, type Refs } from '../kernel/part';
import { certainlyAfter, certainlyBefore, currentOn, type PartialDate } from '../kernel/partial-date';
import type { Reader } from '../kernel/reserved';
import { type Said, vocabulary } from '../kernel/refusal';
import type { Span } from '../kernel/spans';
import { type Assessed, type Assessor, standingOf } from './assessment-scores';

interface Scored {
  criterion: string;
  score: Whole;
}
interface ScoredOn {
  criterion: string;
  weight: Whole;
  lowest: Whole;
  highest: Whole;
}
/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface AssessmentEvents {
  ApplicationAssessed: {
    assessor: string;
    criteriaVersion: Whole;
    /** The criteria of the call as they were then, so that the score follows from this event alone. */
    criteria: ScoredOn[];
    scores: Scored[];
    comment: TextRef;
  };
  ConflictOfInterestDeclared: { assessor: string; reason: TextRef };
}

export class CriterionScore {
  @Slug('The criterion') criterion!: string;
  @Count('The score, within the scale of the criterion', { max: 100 }) score!: number;
}
export class AssessApplication {
  @Items(CriterionScore, 'A score for each criterion of the call', { min: 1, max: 20 }) scores!: CriterionScore[];
  @ProtectedText('What the assessor says of it') comment!: TextRef;
}
export class DeclareConflict {
  @ProtectedText('What ties whoever declares it to the application') reason!: TextRef;
}

interface Told extends Assessor {
  readonly assessments: readonly (Assessed & { readonly comment: TextRef })[];
  readonly conflict?: { readonly on: PartialDate; readonly reason: TextRef };
}
/** By assessor. */
export type Assessments = Readonly<Record<string, Told>>;

interface Needs {
  /** The call it answers; undefined where it was never submitted. */
  readonly call: string | undefined;
  /** Who applies; undefined where it was never submitted. */
  readonly party: string | undefined;
  /** Why nothing can be said of the application on that date; nothing where it stands. */
  readonly outside: (occurredOn: PartialDate) => readonly Said[];
}
/** What an assessment must know of the call. */
interface CallSeen {
  readonly criteria: readonly { readonly version: number; readonly on: PartialDate; readonly criteria: Assessed['criteria'] }[];
  /** Who assesses the applications of the call, from when to when, and the party they belong to; everybody with the role where it is left out. */
  readonly assessors?: readonly (Span & { readonly assessor: string; readonly party?: string })[];
}
interface Seen {
  call: CallSeen;
  party: { readonly mergedInto?: string };
}

const says = vocabulary({
  NEVER_SUBMITTED: 'The application was never submitted',
  NO_CALL_TO_ANSWER: 'There is no call {call}: it was never opened, or its opening was taken back',
  NO_CRITERIA_YET: 'Call {call} had no criteria by {occurredOn}: set them first',
  ASSESSOR_OF_ITS_OWN_PARTY: 'Whoever belongs to {party}, which applies, does not assess its application',
  NOT_AN_ASSESSOR_HERE: 'Only those who are assigned to call {call} on {occurredOn} assess its applications',
  CONFLICT_OF_INTEREST: 'A conflict of interest was declared on {on}: who declared it assesses this application no more',
  CONFLICT_DECLARED_OTHERWISE: 'A conflict of interest was declared already on {on}, otherwise',
  UNKNOWN_CRITERION: '{criterion} is not among the criteria of version {version}',
  CRITERION_SCORED_TWICE: 'Criterion {criterion} is scored twice',
  CRITERION_NOT_SCORED: 'Criterion {criterion} is not scored',
  SCORE_OUTSIDE_SCALE: 'The score {score} for {criterion} lies outside its scale, from {lowest} to {highest}',
});

const assessors: readonly Role[] = ['assessor', ...officers];
/** Assessors judge for themselves, before the decision and after: each reads what they said, and nobody else's. */
const readersOfAll: readonly Role[] = [...officers, 'evaluator'];
const mayReadOf = (assessor: string, { actor, roles }: Reader): boolean =>
  readersOfAll.some((role) => roles.includes(role)) || (roles.includes('assessor') && actor === assessor);

const nobody: Told = { assessments: [] };
const follows = (occurredOn: PartialDate, on: PartialDate) => certainlyAfter(occurredOn, on) || occurredOn === on;

const isOutside = ({ from, to }: Span, date: PartialDate) => certainlyBefore(date, from) || (to !== undefined && certainlyAfter(date, to));
/** When somebody was assigned to assess, as far as that may take in a date; undefined where nobody ever was, so that everybody with the role may. */
const termsOn = ({ assessors: assigned }: CallSeen, actor: string, date: PartialDate) =>
  assigned?.filter((term) => term.assessor === actor && !isOutside(term, date));
/** A party, and those it was merged into: as far as was read. */
const registrationsOf = (party: string, found: Refs<Seen>): readonly string[] => {
  const all = [party];
  for (let into = found.party(party)?.mergedInto; into !== undefined && !all.includes(into); into = found.party(into)?.mergedInto)
    all.push(into);
  return all;
};

const wrongIn = ({ criteriaVersion: version, criteria, scores }: AssessmentEvents['ApplicationAssessed']): readonly Said[] => {
  const scored = scores.map(({ criterion }) => criterion);
  return [
    ...scores.flatMap(({ criterion, score }) => {
      const on = criteria.find((each) => each.criterion === criterion);
      if (!on) return [says.lack('UNKNOWN_CRITERION', { criterion, version })];
      const { lowest, highest } = on;
      return score < lowest || score > highest ? [says.lack('SCORE_OUTSIDE_SCALE', { criterion, score, lowest, highest })] : [];
    }),
    ...scored.filter((each, i) => scored.indexOf(each) < i).map((criterion) => says.lack('CRITERION_SCORED_TWICE', { criterion })),
    ...criteria
      .filter(({ criterion }) => !scored.includes(criterion))
      .map(({ criterion }) => says.lack('CRITERION_NOT_SCORED', { criterion })),
  ];
};

/** What assessors say of an application: each has one assessment that stands, and none that counts after declaring a conflict of interest. */
export const assessment = part<AssessmentEvents, Assessments, Needs, Seen>()({
  says,
  commands: {
    AssessApplication: command(AssessApplication, assessors, ['ApplicationAssessed']),
    DeclareConflict: command(DeclareConflict, assessors, ['ConflictOfInterestDeclared']),
  },
  initial: {},
  refs: {
    DeclareConflict: (_, __, { call }) => (call === undefined ? {} : { call: [call] }),
    AssessApplication: (_, __, { call, party }, found) => {
      if (call === undefined) return {};
      const parties = [party, ...(found.call(call)?.assessors ?? []).map((each) => each.party)].filter((each) => each !== undefined);
      return { call: [call], party: parties.flatMap((each) => registrationsOf(each, found)) };
    },
  },
  offers: {
    AssessApplication: (_, { call }, found, date) => {
      const used = call === undefined ? undefined : currentOn(found.call(call)?.criteria ?? [], date);
      return used ? [{ such: { scores: used.criteria.map(({ criterion, lowest }) => ({ criterion, score: lowest })) } }] : [];
    },
    DeclareConflict: always,
  },

  decide: {
    AssessApplication: ({ scores, comment }, all, { actor, occurredOn }, { call, party }, found) => {
      if (call === undefined || party === undefined) throw says.no('NEVER_SUBMITTED');
      const seen = found.call(call);
      if (!seen) throw says.no('NO_CALL_TO_ANSWER', { call });
      const terms = termsOn(seen, actor, occurredOn);
      if (terms?.length === 0) throw says.no('NOT_AN_ASSESSOR_HERE', { call, occurredOn });
      const applying = registrationsOf(party, found);
      const own = (terms ?? []).some((term) => term.party && registrationsOf(term.party, found).some((each) => applying.includes(each)));
      if (own) throw says.no('ASSESSOR_OF_ITS_OWN_PARTY', { party });
      const used = currentOn(seen.criteria, occurredOn);
      if (!used) throw says.no('NO_CRITERIA_YET', { call, occurredOn });
      const criteria = used.criteria.map(({ criterion, weight, lowest, highest }) => ({ criterion, weight, lowest, highest }));
      const place = ({ criterion }: Scored) => criteria.findIndex((each) => each.criterion === criterion);
      const given = scores.map(({ criterion, score }) => ({ criterion, score })).toSorted((one, other) => place(one) - place(other));
      const now = currentOn((all[actor] ?? nobody).assessments, occurredOn);
      const said = { criteriaVersion: used.version, criteria, scores: given, comment };
      return now && isDeepStrictEqual(now, { on: now.on, ...said })
        ? []
        : [{ type: 'ApplicationAssessed', data: { assessor: actor, ...said } }];
    },
    DeclareConflict: ({ reason }, all, { actor, occurredOn }, { call }, found) => {
      const said = all[actor];
      if (isDeepStrictEqual(said?.conflict?.reason, reason)) return [];
      const seen = call === undefined ? undefined : found.call(call);
      // Whoever assessed it may always take back their word.
      if (!said && seen && termsOn(seen, actor, occurredOn)?.length === 0)
        throw says.no('NOT_AN_ASSESSOR_HERE', { call: call!, occurredOn });
      return [{ type: 'ConflictOfInterestDeclared', data: { assessor: actor, reason } }];
    },
  },

  requires: {
    ApplicationAssessed: (all, data, { occurredOn }, { outside }) => {
      const on = all[data.assessor]?.conflict?.on;
      return [
        ...outside(occurredOn),
        ...(on !== undefined && follows(occurredOn, on) ? [says.lack('CONFLICT_OF_INTEREST', { on })] : []),
        ...wrongIn(data),
      ];
    },
    ConflictOfInterestDeclared: (all, { assessor }, { occurredOn }, { outside }) => {
      const on = all[assessor]?.conflict?.on;
      return [...outside(occurredOn), ...(on === undefined ? [] : [says.lack('CONFLICT_DECLARED_OTHERWISE', { on })])];
    },
  },

  evolve: {
    ApplicationAssessed: (all, { assessor, criteriaVersion, criteria, scores, comment }, { occurredOn: on }) => {
      const now = all[assessor] ?? nobody;
      return { ...all, [assessor]: { ...now, assessments: [...now.assessments, { on, criteriaVersion, criteria, scores, comment }] } };
    },
    ConflictOfInterestDeclared: (all, { assessor, reason }, { occurredOn: on }) => ({
      ...all,
      [assessor]: { ...(all[assessor] ?? nobody), conflict: { on, reason } },
    }),
  },

  measures: {
    assessments: { counts: 'assessments that count', ofAccounts: true },
    'conflicts-of-interest': { counts: 'conflicts of interest declared', ofAccounts: true },
  },
  facts: {
    ApplicationAssessed: (_, after, before) => counted(after, before),
    ConflictOfInterestDeclared: ({ assessor }, after, before) => [
      { measure: 'conflicts-of-interest', subject: `assessor ${assessor}`, quantity: 1 },
      ...counted(after, before),
    ],
  },

  reserved: {
    slice: (all, reader) => Object.fromEntries(Object.entries(all).filter(([assessor]) => mayReadOf(assessor, reader))),
    facts: {
      ApplicationAssessed: ({ assessor }, reader) => mayReadOf(assessor, reader),
      ConflictOfInterestDeclared: ({ assessor }, reader) => mayReadOf(assessor, reader),
    },
  },
});

/** How many assessments count, by assessor. */
const counted = (after: Assessments, before: Assessments): readonly Fact<'assessments'>[] => {
  const counting = (all: Assessments) => Object.keys(all).filter((each) => standingOf({ [each]: all[each]! }).assessments > 0);
  const [was, is] = [counting(before), counting(after)];
  const fact = (assessor: string, quantity: 1 | -1) => ({ measure: 'assessments' as const, subject: `assessor ${assessor}`, quantity });
  return [
    ...was.filter((each) => !is.includes(each)).map((each) => fact(each, -1)),
    ...is.filter((each) => !was.includes(each)).map((each) => fact(each, 1)),
  ];
};
