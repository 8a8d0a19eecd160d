import { isDeepStrictEqual } from 'node:util';
import { Items, Name, officers, OneOf, ProtectedText, Ref, type Role, Slug, type TextRef } from '../kernel/fields';
import { Day } from '../kernel/fields-dates';
import { always, command, part } from '../kernel/part';
import type { PartialDate } from '../kernel/partial-date';
import { type Said, vocabulary } from '../kernel/refusal';
import { type EvaluationCriterion, evaluationCriteria } from './evaluation-criteria';

export interface AskedQuestion {
  question: string;
  criterion: EvaluationCriterion;
  asks: TextRef;
}
/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface EvaluationEvents {
  /** `from`, `to`: the time that is evaluated. */
  EvaluationOpened: {
    title: string;
    programme?: string;
    pipa?: string;
    pairings: string[];
    from: string;
    to: string;
    questions: AskedQuestion[];
  };
  QuestionAdded: { question: string; criterion: EvaluationCriterion; asks: TextRef };
  EvaluationClosed: Record<string, never>;
}

export class QuestionForm {
  @Slug('The question') question!: string;
  @OneOf('The criterion it falls under', evaluationCriteria) criterion!: EvaluationCriterion;
  @ProtectedText('What it asks', { max: 1000 }) asks!: TextRef;
}
export class OpenEvaluation {
  @Name('Its title', { max: 300 }) title!: string;
  @Ref('programme', 'The programme that is evaluated', { optional: true }) programme?: string;
  @Ref('pipa', 'The programme, initiative or affiliated project of Ibero-American cooperation that is evaluated', { optional: true })
  pipa?: string;
  @Ref('pairing', 'The pairings that are evaluated', { many: [0, 200], optional: true }) pairings?: string[];
  @Day('The first day of the time that is evaluated') from!: string;
  @Day('The last day of it') to!: string;
  @Items(QuestionForm, 'Its questions', { max: 60 }) questions!: QuestionForm[];
}
export class AddQuestion {
  @Slug('The question') question!: string;
  @OneOf('The criterion it falls under', evaluationCriteria) criterion!: EvaluationCriterion;
  @ProtectedText('What it asks', { max: 1000 }) asks!: TextRef;
}
export class CloseEvaluation {}

export type Evaluation =
  | { readonly is: 'absent' }
  | {
      readonly is: 'open' | 'closed';
      readonly opened: EvaluationEvents['EvaluationOpened'];
      readonly openedOn: PartialDate;
      readonly closedOn?: PartialDate;
      /** By slug. */
      readonly questions: Readonly<Record<string, AskedQuestion>>;
    };

const says = vocabulary({
  NO_SUCH_EVALUATION: 'The evaluation was never opened',
  EVALUATION_OPENED_OTHERWISE: 'The evaluation was opened already, otherwise',
  EVALUATION_OF_NOTHING: 'Say what is evaluated: name the programme, the PIPA, or pairings',
  EVALUATED_TIME_ENDS_FIRST: 'The time that is evaluated ends before it begins',
  QUESTION_STANDS: 'The question {question} was asked already, otherwise',
  EVALUATION_NOT_OPEN: 'The evaluation is closed already',
});

/** Who works on an evaluation. */
const evaluators: readonly Role[] = [...officers, 'evaluator'];
const asked = ({ question, criterion, asks }: AskedQuestion): AskedQuestion => ({ question, criterion, asks });
const repeated = (questions: readonly AskedQuestion[]): readonly Said[] =>
  questions.flatMap(({ question }, i) =>
    questions.findIndex((each) => each.question === question) < i ? [says.lack('QUESTION_STANDS', { question })] : [],
  );

const aQuestion = (question: string, criterion: EvaluationCriterion) => ({
  ...{ measure: 'evaluation-questions' as const, subject: `question ${question}`, quantity: 1 },
  by: { criterion },
});

/** An evaluation from its questions to its close (OECD-DAC Quality Standards for Development Evaluation, 2010: questions, scope and time are set down first). */
export const evaluation = part<EvaluationEvents, Evaluation>()({
  says,
  commands: {
    OpenEvaluation: command(OpenEvaluation, evaluators, ['EvaluationOpened']),
    AddQuestion: command(AddQuestion, evaluators, ['QuestionAdded']),
    CloseEvaluation: command(CloseEvaluation, evaluators, ['EvaluationClosed']),
  },
  initial: { is: 'absent' },
  offers: {
    OpenEvaluation: () => [{ such: { programme: 'such' } }],
    AddQuestion: ({ is }) => (is === 'absent' ? [] : always()),
    CloseEvaluation: ({ is }) => (is === 'open' ? always() : []),
  },

  decide: {
    OpenEvaluation: ({ title, programme, pipa, pairings = [], from, to, questions }, evaluation) => {
      if (programme === undefined && pipa === undefined && pairings.length === 0) throw says.no('EVALUATION_OF_NOTHING');
      const data: EvaluationEvents['EvaluationOpened'] = {
        ...{ title, ...(programme !== undefined && { programme }), ...(pipa !== undefined && { pipa }), pairings: [...pairings], from, to },
        questions: questions.map(asked),
      };
      return evaluation.is !== 'absent' && isDeepStrictEqual(evaluation.opened, data) ? [] : [{ type: 'EvaluationOpened', data }];
    },
    AddQuestion: ({ question, criterion, asks }, evaluation) => {
      const data = { question, criterion, asks };
      const stands = evaluation.is !== 'absent' && isDeepStrictEqual(evaluation.questions[question], data);
      return stands ? [] : [{ type: 'QuestionAdded', data }];
    },
    CloseEvaluation: (_, { is }) => (is === 'closed' ? [] : [{ type: 'EvaluationClosed', data: {} }]),
  },

  requires: {
    EvaluationOpened: ({ is }, { from, to, questions }) => {
      if (is !== 'absent') return [says.lack('EVALUATION_OPENED_OTHERWISE')];
      return [...(to < from ? [says.lack('EVALUATED_TIME_ENDS_FIRST')] : []), ...repeated(questions)];
    },
    QuestionAdded: (evaluation, { question }) => {
      if (evaluation.is === 'absent') return [says.lack('NO_SUCH_EVALUATION')];
      return evaluation.questions[question] ? [says.lack('QUESTION_STANDS', { question })] : [];
    },
    EvaluationClosed: ({ is }) => (is === 'open' ? [] : [says.lack(is === 'absent' ? 'NO_SUCH_EVALUATION' : 'EVALUATION_NOT_OPEN')]),
  },

  evolve: {
    EvaluationOpened: (_, opened, { occurredOn: openedOn }) => ({
      ...{ is: 'open', opened, openedOn },
      questions: Object.fromEntries(opened.questions.map((each) => [each.question, each])),
    }),
    QuestionAdded: (evaluation, { question, criterion, asks }) =>
      evaluation.is === 'absent'
        ? evaluation
        : { ...evaluation, questions: { ...evaluation.questions, [question]: { question, criterion, asks } } },
    EvaluationClosed: (evaluation, _, { occurredOn: closedOn }) =>
      evaluation.is === 'absent' ? evaluation : { ...evaluation, is: 'closed', closedOn },
  },

  measures: {
    evaluations: { counts: 'evaluations opened' },
    'evaluations-open': { counts: 'evaluations opened and not closed' },
    'evaluation-questions': { counts: 'questions of evaluations', by: ['criterion'] },
  },
  facts: {
    EvaluationOpened: ({ questions }) => [
      { measure: 'evaluations', subject: 'evaluation', quantity: 1 },
      { measure: 'evaluations-open', subject: 'evaluation', quantity: 1 },
      ...questions.map(({ question, criterion }) => aQuestion(question, criterion)),
    ],
    QuestionAdded: ({ question, criterion }) => [aQuestion(question, criterion)],
    EvaluationClosed: () => [{ measure: 'evaluations-open', subject: 'evaluation', quantity: -1 }],
  },
});
