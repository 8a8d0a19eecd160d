/** The six criteria (OECD/DAC Network on Development Evaluation, Better Criteria for Better Evaluation, 2019). */
export const evaluationCriteria = ['relevance', 'coherence', 'effectiveness', 'efficiency', 'impact', 'sustainability'] as const;
export type EvaluationCriterion = (typeof evaluationCriteria)[number];
