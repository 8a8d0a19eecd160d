import { lifecycle } from '../kernel/lifecycle';
import { certainlyAfter, certainlyBefore, type PartialDate } from '../kernel/partial-date';
import type { Said } from '../kernel/refusal';
import { vocabulary } from '../kernel/refusal';
import { type Evaluation, evaluation as course } from '../parts/evaluation';
import { evaluationFindings } from '../parts/evaluation-findings';
import { managementResponses } from '../parts/management-responses';
import { future, notInTheFuture } from './not-in-the-future';

const says = vocabulary({
  ...future.sentences,
  EVALUATION_OPENED_FIRST: 'a date from {openedOn} on, when the evaluation was opened',
  EVALUATION_CLOSED_BY_THEN: 'a date up to {closedOn}, when the evaluation was closed',
  RECOMMENDATION_UNANSWERED: 'a response of the management to the recommendation {recommendation}',
  EVALUATION_TO_OPEN: 'an evaluation that was opened',
});

export interface EvaluationSeen {
  readonly title: string;
  readonly closedOn?: PartialDate;
}

const notAfterClose = (
  { evaluation }: { readonly evaluation: Evaluation },
  _: unknown,
  { occurredOn }: { readonly occurredOn: PartialDate },
): readonly Said[] => {
  const closedOn = evaluation.is === 'absent' ? undefined : evaluation.closedOn;
  return closedOn !== undefined && certainlyAfter(occurredOn, closedOn) ? [says.lack('EVALUATION_CLOSED_BY_THEN', { closedOn })] : [];
};

/** An evaluation under the six OECD-DAC criteria, from its questions to what the management answers and does. */
export const evaluation = lifecycle(
  'evaluation',
  { evaluation: course, findings: evaluationFindings, responses: managementResponses },
  {
    plural: 'evaluations',
    says,
    gates: {
      'not-in-the-future': notInTheFuture,
      'opened-first': {
        rule: 'Nothing of an evaluation is recorded before it is opened, or happened before that.',
        source: 'follows from what an evaluation is',
        firm: true,
        guardsAllBut: ['EvaluationOpened'],
        missing: ({ evaluation }, _, { occurredOn }) => {
          if (evaluation.is === 'absent') return [says.lack('EVALUATION_TO_OPEN')];
          const { openedOn } = evaluation;
          return certainlyBefore(occurredOn, openedOn) ? [says.lack('EVALUATION_OPENED_FIRST', { openedOn })] : [];
        },
      },
      'before-the-close': {
        rule: 'Questions, findings, conclusions and recommendations are of a day before the evaluation was closed; responses and what was done may follow.',
        source: 'own rule: what was closed is what was answered',
        guards: {
          QuestionAdded: notAfterClose,
          FindingRecorded: notAfterClose,
          ConclusionDrawn: notAfterClose,
          RecommendationMade: notAfterClose,
        },
      },
      'answered-before-close': {
        rule: 'An evaluation is closed once the management has answered every recommendation.',
        source:
          'UNEG Norms and Standards for Evaluation (2016), norm 14: an evaluation requires an explicit response by the management addressed',
        guards: {
          EvaluationClosed: ({ findings, responses }) =>
            Object.keys(findings.recommendations).flatMap((recommendation) =>
              responses[recommendation] ? [] : [says.lack('RECOMMENDATION_UNANSWERED', { recommendation })],
            ),
        },
      },
    },
    supply: {
      findings: ({ evaluation }) => ({ questions: evaluation.is === 'absent' ? {} : evaluation.questions }),
      responses: ({ findings }) => ({ recommendations: findings.recommendations }),
    },
    responsible: ({ evaluation }) => {
      const id = evaluation.is === 'absent' ? undefined : evaluation.opened.programme;
      return { officers: [], ...(id !== undefined && { under: { kind: 'programme', id } }) };
    },
    dimensions: {
      programme: ({ evaluation }) => (evaluation.is === 'absent' ? undefined : evaluation.opened.programme),
      pipa: ({ evaluation }) => (evaluation.is === 'absent' ? undefined : evaluation.opened.pipa),
    },
    rules: () => undefined,
    seen: ({ evaluation }): EvaluationSeen | undefined => {
      if (evaluation.is === 'absent') return undefined;
      const { opened, closedOn } = evaluation;
      return { title: opened.title, ...(closedOn !== undefined && { closedOn }) };
    },
  },
);
