import { isDeepStrictEqual } from 'node:util';
import { officers, OneOf, ProtectedText, Ref, type TextRef } from '../kernel/fields';
import { always, command, part } from '../kernel/part';
import { currentOn, latestOf, type PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';
import {
  type Applicant,
  type EligibilityAnswer,
  type EligibilityRule,
  eligibilityRules,
  judge,
  type JudgedParty,
  partiesJudged,
  reasons,
} from './eligibility-rules';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface EligibilityEvents {
  EligibilityChecked: { answers: EligibilityAnswer[] };
  EligibilityRuleWaived: { rule: EligibilityRule; authority: string; reason: TextRef };
}

export class CheckEligibility {}
export class WaiveRule {
  @OneOf('The rule that failed', eligibilityRules) rule!: EligibilityRule;
  @Ref('party', 'The organisation whose authority it is') authority!: string;
  @ProtectedText('Why') reason!: TextRef;
}

export interface Eligibility {
  readonly checks: readonly { readonly answers: readonly EligibilityAnswer[]; readonly on: PartialDate }[];
  readonly waived: readonly (EligibilityEvents['EligibilityRuleWaived'] & { readonly on: PartialDate })[];
}

interface Needs {
  /** Undefined where the application was never submitted. */
  readonly applicant: Applicant | undefined;
  /** Why nothing can be said of the application on that date; nothing where it stands. */
  readonly outside: (occurredOn: PartialDate) => readonly Said[];
}
const says = vocabulary({
  ...reasons.sentences,
  NEVER_SUBMITTED: 'The application was never submitted',
  NO_PARTY_TO_JUDGE: '{party} is no party any more: its registration was taken back',
  NOT_YET_CHECKED: 'The eligibility of the application was not checked by {occurredOn}',
  RULE_NOT_FAILED:
    'The rule on {rule, select, population {population} kind {kinds of parties} other {countries}} {outcome, select, passed {was passed} other {has no answer yet}}: only one that failed can be waived',
  RULE_ALREADY_WAIVED: 'The rule on {rule, select, population {population} kind {kinds of parties} other {countries}} was waived already',
});

/** The rules that the check of that day says failed and that nobody had waived by then; undefined where there is no check. */
export const failedOn = ({ checks, waived }: Eligibility, date: PartialDate): readonly EligibilityRule[] | undefined =>
  currentOn(checks, date)
    ?.answers.filter(
      ({ rule, outcome }) =>
        outcome === 'failed' &&
        !currentOn(
          waived.filter((each) => each.rule === rule),
          date,
        ),
    )
    .map(({ rule }) => rule);

const failed = ({ checks }: Eligibility) =>
  (latestOf(checks)?.answers ?? []).filter(({ outcome }) => outcome === 'failed').map(({ rule }) => rule);

/** Whether an applicant may take part by the rules of its call, an answer for each rule; what failed can be waived by a named authority. */
export const eligibility = part<EligibilityEvents, Eligibility, Needs, { party: JudgedParty }>()({
  says,
  commands: {
    CheckEligibility: command(CheckEligibility, officers, ['EligibilityChecked']),
    WaiveRule: command(WaiveRule, officers, ['EligibilityRuleWaived']),
  },
  initial: { checks: [], waived: [] },
  refs: {
    CheckEligibility: (_, __, { applicant }, found) => (applicant ? { party: partiesJudged(applicant, found.party) } : {}),
  },
  offers: {
    CheckEligibility: always,
    WaiveRule: (now, _, __, date) => (failedOn(now, date) ?? []).map((rule) => ({ known: { rule } })),
  },

  decide: {
    CheckEligibility: (_, now, moment, { applicant }, found) => {
      if (!applicant) throw says.no('NEVER_SUBMITTED');
      const answers = judge(moment.rules, applicant, moment.occurredOn, found.party);
      if (!answers) throw says.no('NO_PARTY_TO_JUDGE', { party: applicant.party });
      const stand = isDeepStrictEqual(currentOn(now.checks, moment.occurredOn)?.answers, answers);
      return stand ? [] : [{ type: 'EligibilityChecked', data: { answers: [...answers] } }];
    },
    WaiveRule: ({ rule, authority, reason }, { waived }) => {
      const stands = waived.some((each) => each.rule === rule && each.authority === authority && isDeepStrictEqual(each.reason, reason));
      return stands ? [] : [{ type: 'EligibilityRuleWaived', data: { rule, authority, reason } }];
    },
  },

  requires: {
    EligibilityChecked: (_, __, { occurredOn }, { outside }) => outside(occurredOn),
    EligibilityRuleWaived: ({ checks, waived }, { rule }, { occurredOn }, { outside }) => {
      const check = currentOn(checks, occurredOn);
      if (!check) return [...outside(occurredOn), says.lack('NOT_YET_CHECKED', { occurredOn })];
      const outcome = check.answers.find((answer) => answer.rule === rule)?.outcome ?? 'unknown';
      return [
        ...outside(occurredOn),
        ...(outcome === 'failed' ? [] : [says.lack('RULE_NOT_FAILED', { rule, outcome })]),
        ...(waived.some((each) => each.rule === rule) ? [says.lack('RULE_ALREADY_WAIVED', { rule })] : []),
      ];
    },
  },

  evolve: {
    EligibilityChecked: (now, { answers }, { occurredOn: on }) => ({ ...now, checks: [...now.checks, { answers, on }] }),
    EligibilityRuleWaived: (now, { rule, authority, reason }, { occurredOn: on }) => ({
      ...now,
      waived: [...now.waived, { rule, authority, reason, on }],
    }),
  },

  measures: {
    'applications-checked': { counts: 'applications checked' },
    'eligibility-rules-failed': { counts: 'rules that applications fail by their latest check', by: ['rule'] },
    'eligibility-rules-waived': { counts: 'waivers of an eligibility rule', by: ['rule'] },
  },
  facts: {
    EligibilityChecked: (_, after, before) => {
      const failing = (rule: EligibilityRule, quantity: 1 | -1) => ({
        measure: 'eligibility-rules-failed' as const,
        subject: `rule ${rule}`,
        quantity,
        by: { rule },
      });
      const [was, is] = [failed(before), failed(after)];
      return [
        ...(before.checks.length === 0 ? [{ measure: 'applications-checked' as const, subject: 'application', quantity: 1 }] : []),
        ...was.filter((rule) => !is.includes(rule)).map((rule) => failing(rule, -1)),
        ...is.filter((rule) => !was.includes(rule)).map((rule) => failing(rule, 1)),
      ];
    },
    EligibilityRuleWaived: ({ rule }) => [{ measure: 'eligibility-rules-waived', subject: `rule ${rule}`, quantity: 1, by: { rule } }],
  },
});
