import { isDeepStrictEqual } from 'node:util';
import { DocumentRef, Figure, Items, Name, officers, ProtectedText, Slug, type StoredDocument, type TextRef } from '../kernel/fields';
import { Day } from '../kernel/fields-dates';
import { command, type Moment, part } from '../kernel/part';
import { certainlyAfter, certainlyBefore, type PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';

export interface PartOfValue {
  dimension: string;
  is: string;
  value: number;
}

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface ResultEvents {
  /** `asOf`: the day of which it is the value. */
  ResultSubmitted: {
    result: string;
    indicator: string;
    period: string;
    value: number;
    asOf: string;
    parts: PartOfValue[];
    documents: StoredDocument[];
    verification?: TextRef;
  };
  ResultReturned: { result: string; reason: TextRef };
  /** `value`: what was approved, so that it cannot change behind the approval. */
  ResultApproved: { result: string; value: number };
}

export class PartForm {
  @Name('By what it is broken down', { max: 80 }) dimension!: string;
  @Name('Which part') is!: string;
  @Figure('Its value') value!: number;
}
export class SubmitResult {
  @Slug('The value reported, which tells it from others of the period') result!: string;
  @Slug('The indicator') indicator!: string;
  @Slug('The period') period!: string;
  @Figure('The value') value!: number;
  @Day('The day of which it is the value') asOf!: string;
  @Items(PartForm, 'The value broken down', { optional: true }) parts?: PartForm[];
  @DocumentRef('The documents by which it can be verified', { many: [0, 20], optional: true }) documents?: StoredDocument[];
  @ProtectedText('How it can be verified, in words', { optional: true }) verification?: TextRef;
}
export class ReturnResult {
  @Slug('The value reported') result!: string;
  @ProtectedText('What has to change') reason!: TextRef;
}
export class ApproveResult {
  @Slug('The value reported') result!: string;
}

export interface ReportedResult {
  readonly is: 'submitted' | 'returned' | 'approved';
  /** As it was submitted last. */
  readonly submission: ResultEvents['ResultSubmitted'];
  readonly submittedOn: PartialDate;
  readonly approvedOn?: PartialDate;
  /** Each with what was returned. */
  readonly returns: readonly { readonly on: PartialDate; readonly reason: TextRef; readonly submission: ResultEvents['ResultSubmitted'] }[];
}
export type ReportedResults = Readonly<Record<string, ReportedResult>>;

/** What is measured; undefined where there is no such indicator. */
interface Needs {
  readonly measured: (indicator: string) =>
    | {
        readonly computed: boolean;
        readonly disaggregatedBy: readonly string[];
        readonly periods: Readonly<Record<string, { readonly from: string; readonly to: string }>>;
      }
    | undefined;
  readonly open: readonly { readonly indicator: string; readonly period: string; readonly to: string }[];
}

const says = vocabulary({
  RESULT_OF_UNKNOWN_INDICATOR: 'The framework has no indicator {indicator} to report a value of',
  RESULT_OF_UNKNOWN_PERIOD: 'The indicator {indicator} has no period {period} to report a value of',
  RESULT_IS_COMPUTED: 'The values of {indicator} are computed from facts, and not entered by hand',
  RESULT_OUTSIDE_PERIOD: 'The value is of {asOf}, outside the period {period} from {from} to {to}',
  RESULT_OF_A_LATER_DAY: 'The value is of {asOf}, a day after {occurredOn}, when it was submitted',
  RESULT_SUBMITTED_LATER: 'The value {result} was submitted on {submittedOn}, after {occurredOn}',
  RESULT_NOT_VERIFIABLE: 'Name the means of verification: documents, or how it can be verified in words',
  RESULT_NOT_DISAGGREGATED_BY: 'The values of {indicator} are not broken down by {dimension}',
  RESULT_PART_TWICE: 'The part {is} of {dimension} occurs twice',
  RESULT_PARTS_EXCEED_IT: 'The parts by {dimension} add up to {sum}, more than the value {value}',
  RESULT_STANDS: 'The value {result} is {is, select, submitted {submitted} other {approved}} already, otherwise',
  RESULT_OF_ANOTHER_PERIOD: 'The value {result} is of {indicator} in {period}: report another under an id of its own',
  RESULT_NOT_SUBMITTED:
    'The value {result} is {is, select, none {was never submitted} returned {was returned, and waits for another submission} other {is approved already}}',
  RESULT_APPROVED_OTHERWISE: 'The value {result} is no longer what was approved: {value} is not {approved}',
});

const rounded = (sum: number) => Math.round(sum * 1e6) / 1e6;
const brokenDown = ({ value, parts, indicator }: ResultEvents['ResultSubmitted'], disaggregatedBy: readonly string[]): readonly Said[] =>
  [...new Set(parts.map(({ dimension }) => dimension))].flatMap((dimension) => {
    if (!disaggregatedBy.includes(dimension)) return [says.lack('RESULT_NOT_DISAGGREGATED_BY', { indicator, dimension })];
    const own = parts.filter((part) => part.dimension === dimension);
    const twice = own.find(({ is }, i) => own.findIndex((other) => other.is === is) < i);
    const sum = rounded(own.reduce((total, part) => total + part.value, 0));
    return [
      ...(twice ? [says.lack('RESULT_PART_TWICE', { dimension, is: twice.is })] : []),
      ...(sum > value ? [says.lack('RESULT_PARTS_EXCEED_IT', { dimension, sum, value })] : []),
    ];
  });

const replaced = (now: ReportedResult | undefined, { result, indicator, period }: ResultEvents['ResultSubmitted']): readonly Said[] => {
  if (!now) return [];
  if (now.is !== 'returned') return [says.lack('RESULT_STANDS', { result, is: now.is })];
  const was = now.submission;
  return was.indicator === indicator && was.period === period
    ? []
    : [says.lack('RESULT_OF_ANOTHER_PERIOD', { result, indicator: was.indicator, period: was.period })];
};
const submitted = (results: ReportedResults, { result }: { result: string }, { occurredOn }: Moment) => {
  const now = results[result];
  if (now?.is !== 'submitted') return [says.lack('RESULT_NOT_SUBMITTED', { result, is: now?.is ?? 'none' })];
  const { submittedOn } = now;
  return certainlyBefore(occurredOn, submittedOn) ? [says.lack('RESULT_SUBMITTED_LATER', { result, submittedOn, occurredOn })] : [];
};
const awaiting = (results: ReportedResults) =>
  Object.entries(results).flatMap(([result, { is }]) => (is === 'submitted' ? [{ known: { result } }] : []));
const change = (results: ReportedResults, result: string, to: (now: ReportedResult) => ReportedResult): ReportedResults =>
  results[result] ? { ...results, [result]: to(results[result]) } : results;
const subject = (result: string) => `result ${result}`;

/** Values of indicators that people report, with their means of verification: submitted, returned with a reason, submitted again, approved. */
export const resultValues = part<ResultEvents, ReportedResults, Needs>()({
  says,
  commands: {
    SubmitResult: command(SubmitResult, officers, ['ResultSubmitted']),
    ReturnResult: command(ReturnResult, officers, ['ResultReturned']),
    ApproveResult: command(ApproveResult, officers, ['ResultApproved']),
  },
  initial: {},
  offers: {
    SubmitResult: (results, { open }) => [
      ...Object.entries(results).flatMap(
        ([
          result,
          {
            is,
            submission: { indicator, period, asOf },
          },
        ]) => (is === 'returned' ? [{ known: { result, indicator, period }, such: { asOf, verification: 'such' } }] : []),
      ),
      ...open.map(({ indicator, period, to }) => ({ known: { indicator, period }, such: { asOf: to, verification: 'such' } })),
    ],
    ReturnResult: awaiting,
    ApproveResult: awaiting,
  },

  decide: {
    SubmitResult: ({ result, indicator, period, value, asOf, parts = [], documents = [], verification }, results) => {
      const data: ResultEvents['ResultSubmitted'] = {
        ...{ result, indicator, period, value, asOf },
        parts: parts.map(({ dimension, is, value }) => ({ dimension, is, value })),
        documents: [...documents],
        ...(verification && { verification }),
      };
      const now = results[result];
      return now && now.is !== 'returned' && isDeepStrictEqual(now.submission, data) ? [] : [{ type: 'ResultSubmitted', data }];
    },
    ReturnResult: ({ result, reason }, results) => {
      const now = results[result];
      if (now?.is === 'returned' && isDeepStrictEqual(now.returns.at(-1)?.reason, reason)) return [];
      return [{ type: 'ResultReturned', data: { result, reason } }];
    },
    ApproveResult: ({ result }, results) => {
      const now = results[result];
      return now?.is === 'approved' ? [] : [{ type: 'ResultApproved', data: { result, value: now?.submission.value ?? 0 } }];
    },
  },

  requires: {
    ResultSubmitted: (results, data, { occurredOn }, { measured }) => {
      const { result, indicator, period, asOf, documents, verification } = data;
      const of = measured(indicator);
      if (!of) return [says.lack('RESULT_OF_UNKNOWN_INDICATOR', { indicator })];
      if (of.computed) return [says.lack('RESULT_IS_COMPUTED', { indicator })];
      const its = of.periods[period];
      if (!its) return [says.lack('RESULT_OF_UNKNOWN_PERIOD', { indicator, period })];
      const { from, to } = its;
      return [
        ...replaced(results[result], data),
        ...(asOf < from || asOf > to ? [says.lack('RESULT_OUTSIDE_PERIOD', { asOf, period, from, to })] : []),
        ...(certainlyAfter(asOf, occurredOn) ? [says.lack('RESULT_OF_A_LATER_DAY', { asOf, occurredOn })] : []),
        ...(documents.length === 0 && !verification ? [says.lack('RESULT_NOT_VERIFIABLE')] : []),
        ...brokenDown(data, of.disaggregatedBy),
      ];
    },
    ResultReturned: submitted,
    ResultApproved: (results, { result, value }, moment) => {
      const lacking = submitted(results, { result }, moment);
      const now = results[result]?.submission.value;
      if (lacking.length > 0 || now === undefined || now === value) return lacking;
      return [says.lack('RESULT_APPROVED_OTHERWISE', { result, value: now, approved: value })];
    },
  },

  evolve: {
    ResultSubmitted: (results, submission, { occurredOn: submittedOn }) => ({
      ...results,
      [submission.result]: { is: 'submitted', submission, submittedOn, returns: results[submission.result]?.returns ?? [] },
    }),
    ResultReturned: (results, { result, reason }, { occurredOn: on }) =>
      change(results, result, ({ submission, submittedOn, returns }) => ({
        ...{ is: 'returned', submission, submittedOn },
        returns: [...returns, { on, reason, submission }],
      })),
    ResultApproved: (results, { result }, { occurredOn: approvedOn }) =>
      change(results, result, (now) => ({ ...now, is: 'approved', approvedOn })),
  },

  measures: {
    'results-submitted': { counts: 'values of result indicators submitted, again after a return too', by: ['indicator'] },
    'results-returned': { counts: 'returns of submitted values' },
    'results-approved': { counts: 'values of result indicators approved', by: ['indicator'] },
  },
  facts: {
    ResultSubmitted: ({ result, indicator }) => [
      { measure: 'results-submitted', subject: subject(result), quantity: 1, by: { indicator } },
    ],
    ResultReturned: ({ result }) => [{ measure: 'results-returned', subject: subject(result), quantity: 1 }],
    ResultApproved: ({ result }, after) => {
      const { indicator } = after[result]!.submission;
      return [{ measure: 'results-approved', subject: subject(result), quantity: 1, by: { indicator } }];
    },
  },
});
