import { isDeepStrictEqual } from 'node:util';
import { Items, officers, OneOf, ProtectedText, Slug, type TextRef } from '../kernel/fields';
import { Day } from '../kernel/fields-dates';
import { command, deadline, part } from '../kernel/part';
import type { PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

const responses = ['accepted', 'partly', 'rejected'] as const;
type Answer = (typeof responses)[number];

export interface PromisedAction {
  action: string;
  says: TextRef;
  deadline: string;
}
/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface ManagementResponseEvents {
  RecommendationAnswered: { recommendation: string; response: Answer; says: TextRef; actions: PromisedAction[] };
  ResponseActionDone: { recommendation: string; action: string; results?: TextRef };
}

export class ActionPromised {
  @Slug('The action') action!: string;
  @ProtectedText('What will be done') says!: TextRef;
  @Day('By when') deadline!: string;
}
export class AnswerRecommendation {
  @Slug('The recommendation') recommendation!: string;
  @OneOf('Whether it is accepted', responses) response!: Answer;
  @ProtectedText('The response of the management', { max: 20_000 }) says!: TextRef;
  @Items(ActionPromised, 'What will be done', { max: 50, optional: true }) actions?: ActionPromised[];
}
export class CompleteResponseAction {
  @Slug('The recommendation') recommendation!: string;
  @Slug('The action') action!: string;
  @ProtectedText('What came of it', { optional: true }) results?: TextRef;
}

interface PromiseKept {
  readonly on: PartialDate;
  readonly results?: TextRef;
}
export interface ManagementResponse {
  readonly answered: ManagementResponseEvents['RecommendationAnswered'];
  readonly on: PartialDate;
  /** By action. */
  readonly done: Readonly<Record<string, PromiseKept>>;
}
export type ManagementResponses = Readonly<Record<string, ManagementResponse>>;
interface Needs {
  /** By slug. */
  readonly recommendations: Readonly<Record<string, unknown>>;
}

const says = vocabulary({
  NO_SUCH_RECOMMENDATION: 'There is no recommendation {recommendation}',
  RECOMMENDATION_ANSWERED_OTHERWISE: 'The recommendation {recommendation} was answered already, otherwise',
  RESPONSE_ACTION_TWICE: 'The action {action} occurs twice',
  REJECTED_WITH_ACTIONS: 'A recommendation that is rejected promises no actions',
  NO_SUCH_RESPONSE_ACTION: 'The response to {recommendation} promises no action {action}',
  RESPONSE_ACTION_DONE_OTHERWISE: 'The action {action} was done already, otherwise',
});

const nameOf = ({ recommendation, action }: { recommendation: string; action: string }) => `action ${action} of ${recommendation}`;
const promises = (responses: ManagementResponses, recommendation: string, action: string) =>
  responses[recommendation]?.answered.actions.some((each) => each.action === action) === true;

/** What the management answers to each recommendation, what it promises to do by when, and what was done (UNEG Norms and Standards for Evaluation, 2016, norm 14). */
export const managementResponses = part<ManagementResponseEvents, ManagementResponses, Needs>()({
  says,
  commands: {
    AnswerRecommendation: command(AnswerRecommendation, officers, ['RecommendationAnswered']),
    CompleteResponseAction: command(CompleteResponseAction, officers, ['ResponseActionDone']),
  },
  initial: {},
  offers: {
    AnswerRecommendation: (responses, { recommendations }) =>
      Object.keys(recommendations).flatMap((recommendation) => (responses[recommendation] ? [] : [{ known: { recommendation } }])),
    CompleteResponseAction: (responses) =>
      Object.entries(responses).flatMap(([recommendation, { answered, done }]) =>
        answered.actions.flatMap(({ action }) => (done[action] ? [] : [{ known: { recommendation, action } }])),
      ),
  },

  decide: {
    AnswerRecommendation: ({ recommendation, response, says: words, actions = [] }, responses) => {
      const data: ManagementResponseEvents['RecommendationAnswered'] = {
        ...{ recommendation, response, says: words },
        actions: actions.map(({ action, says: promised, deadline }) => ({ action, says: promised, deadline })),
      };
      return isDeepStrictEqual(responses[recommendation]?.answered, data) ? [] : [{ type: 'RecommendationAnswered', data }];
    },
    CompleteResponseAction: ({ recommendation, action, results }, responses, { occurredOn }) => {
      const done = responses[recommendation]?.done[action];
      if (done?.on === occurredOn && isDeepStrictEqual(done.results, results)) return [];
      return [{ type: 'ResponseActionDone', data: { recommendation, action, ...(results && { results }) } }];
    },
  },

  requires: {
    RecommendationAnswered: (responses, { recommendation, response, actions }, _, { recommendations }) => {
      if (!recommendations[recommendation]) return [says.lack('NO_SUCH_RECOMMENDATION', { recommendation })];
      if (responses[recommendation]) return [says.lack('RECOMMENDATION_ANSWERED_OTHERWISE', { recommendation })];
      const twice = actions.find(({ action }, i) => actions.findIndex((other) => other.action === action) < i);
      return [
        ...(twice ? [says.lack('RESPONSE_ACTION_TWICE', { action: twice.action })] : []),
        ...(response === 'rejected' && actions.length > 0 ? [says.lack('REJECTED_WITH_ACTIONS')] : []),
      ];
    },
    ResponseActionDone: (responses, { recommendation, action }) => {
      if (!promises(responses, recommendation, action)) return [says.lack('NO_SUCH_RESPONSE_ACTION', { recommendation, action })];
      return responses[recommendation]?.done[action] ? [says.lack('RESPONSE_ACTION_DONE_OTHERWISE', { action })] : [];
    },
  },

  evolve: {
    RecommendationAnswered: (responses, answered, { occurredOn: on }) => ({
      ...responses,
      [answered.recommendation]: { answered, on, done: {} },
    }),
    ResponseActionDone: (responses, { recommendation, action, results }, { occurredOn: on }) => {
      const now = responses[recommendation];
      return now
        ? { ...responses, [recommendation]: { ...now, done: { ...now.done, [action]: { on, ...(results && { results }) } } } }
        : responses;
    },
  },

  measures: {
    'recommendations-answered': { counts: 'recommendations that the management answered', by: ['response'] },
    'response-actions-open': { counts: 'actions that responses promise and that are not done' },
  },
  facts: {
    RecommendationAnswered: ({ recommendation, response, actions }) => [
      { measure: 'recommendations-answered', subject: `recommendation ${recommendation}`, quantity: 1, by: { response } },
      ...actions.map(({ action }) => ({
        ...{ measure: 'response-actions-open' as const, quantity: 1 },
        subject: nameOf({ recommendation, action }),
      })),
    ],
    ResponseActionDone: (data) => [{ measure: 'response-actions-open', subject: nameOf(data), quantity: -1 }],
  },

  // UNEG norm 14: a response says by when each action it promises is done.
  deadlines: (responses) =>
    Object.entries(responses).flatMap(([recommendation, { answered, done }]) =>
      answered.actions.map(({ action, deadline: on }) => deadline('response-action', `${recommendation}/${action}`, on, done[action]?.on)),
    ),
});
