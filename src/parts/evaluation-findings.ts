import { isDeepStrictEqual } from 'node:util';
import { Items, officers, ProtectedText, type Role, Slug, type TextRef } from '../kernel/fields';
import { EventRef } from '../kernel/fields-events';
import { command, type Moment, part, type Refs } from '../kernel/part';
import { type Said, vocabulary } from '../kernel/refusal';
import { askedTwice } from '../kernel/conditions';
import { cited, type CitedFigure, FigureCitation } from './evaluation-citations';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface FindingEvents {
  /** `events`: those that it cites, as `stream@revision`. */
  FindingRecorded: { finding: string; answers: string[]; says: TextRef; figures: CitedFigure[]; events: string[] };
  ConclusionDrawn: { conclusion: string; findings: string[]; says: TextRef };
  RecommendationMade: { recommendation: string; conclusions: string[]; says: TextRef };
}

export class RecordFinding {
  @Slug('The finding') finding!: string;
  @Slug('The questions it answers', { many: [1, 60] }) answers!: string[];
  @ProtectedText('What was found', { max: 20_000 }) says!: TextRef;
  @Items(FigureCitation, 'The figures it rests on', { max: 50, optional: true }) figures?: FigureCitation[];
  @EventRef('The events it rests on', { many: [0, 50], optional: true }) events?: string[];
}
export class DrawConclusion {
  @Slug('The conclusion') conclusion!: string;
  @Slug('The findings it follows from', { many: [1, 100] }) findings!: string[];
  @ProtectedText('What follows from them', { max: 20_000 }) says!: TextRef;
}
export class MakeRecommendation {
  @Slug('The recommendation') recommendation!: string;
  @Slug('The conclusions it rests on', { many: [1, 100] }) conclusions!: string[];
  @ProtectedText('What is recommended', { max: 20_000 }) says!: TextRef;
}

export interface Findings {
  readonly findings: Readonly<Record<string, FindingEvents['FindingRecorded']>>;
  readonly conclusions: Readonly<Record<string, FindingEvents['ConclusionDrawn']>>;
  readonly recommendations: Readonly<Record<string, FindingEvents['RecommendationMade']>>;
}
interface Needs {
  /** By slug. */
  readonly questions: Readonly<Record<string, unknown>>;
}
interface Seen {
  readonly indicator: { readonly versions: readonly number[] };
}

const says = vocabulary({
  NO_SUCH_QUESTION: 'The evaluation has no question {question}',
  NO_SUCH_FINDING: 'There is no finding {finding}',
  NO_SUCH_CONCLUSION: 'There is no conclusion {conclusion}',
  FINDING_RECORDED_OTHERWISE: 'The finding {finding} was recorded already, otherwise',
  CONCLUSION_DRAWN_OTHERWISE: 'The conclusion {conclusion} was drawn already, otherwise',
  RECOMMENDATION_MADE_OTHERWISE: 'The recommendation {recommendation} was made already, otherwise',
  CITED_VERSION_UNKNOWN: 'The indicator {indicator} has no version {version}',
  CITED_BEFORE_IT_WAS_KNOWN: 'A figure known at {knownAt} cannot have been cited at {recordedAt}',
  CITED_DIMENSION_TWICE: 'The dimension {dimension} is asked for twice',
});

const knownBefore = ({ indicator, version }: CitedFigure, { indicator: find }: Refs<Seen>) => {
  if (find(indicator)?.versions.includes(version) === false) throw says.no('CITED_VERSION_UNKNOWN', { indicator, version });
};
const unreadable = ({ knownAt, where }: CitedFigure, { recordedAt }: Moment): readonly Said[] => {
  const dimension = askedTwice(where);
  return [
    ...(Date.parse(knownAt) > Date.parse(recordedAt) ? [says.lack('CITED_BEFORE_IT_WAS_KNOWN', { knownAt, recordedAt })] : []),
    ...(dimension === undefined ? [] : [says.lack('CITED_DIMENSION_TWICE', { dimension })]),
  ];
};
const evaluators: readonly Role[] = [...officers, 'evaluator'];

/** What was found, with the figures and events it rests on; what follows from that, and what is recommended (OECD-DAC Quality Standards for Development Evaluation, 2010: each rests on the one before). */
export const evaluationFindings = part<FindingEvents, Findings, Needs, Seen>()({
  says,
  commands: {
    RecordFinding: command(RecordFinding, evaluators, ['FindingRecorded']),
    DrawConclusion: command(DrawConclusion, evaluators, ['ConclusionDrawn']),
    MakeRecommendation: command(MakeRecommendation, evaluators, ['RecommendationMade']),
  },
  initial: { findings: {}, conclusions: {}, recommendations: {} },
  refs: { RecordFinding: ({ figures = [] }) => ({ indicator: figures.map(({ indicator }) => indicator) }) },
  offers: {
    RecordFinding: (_, { questions }) => Object.keys(questions).map((question) => ({ known: { answers: [question] } })),
    DrawConclusion: ({ findings }) => (Object.keys(findings).length === 0 ? [] : [{ such: { findings: Object.keys(findings) } }]),
    MakeRecommendation: ({ conclusions }) =>
      Object.keys(conclusions).length === 0 ? [] : [{ such: { conclusions: Object.keys(conclusions) } }],
  },

  decide: {
    RecordFinding: ({ finding, answers, says: words, figures = [], events = [] }, { findings }, _, __, refs) => {
      const data: FindingEvents['FindingRecorded'] = {
        ...{ finding, answers: [...answers], says: words },
        figures: figures.map(cited),
        events: [...events],
      };
      if (isDeepStrictEqual(findings[finding], data)) return [];
      for (const each of data.figures) knownBefore(each, refs);
      return [{ type: 'FindingRecorded', data }];
    },
    DrawConclusion: ({ conclusion, findings, says: words }, { conclusions }) => {
      const data = { conclusion, findings: [...findings], says: words };
      return isDeepStrictEqual(conclusions[conclusion], data) ? [] : [{ type: 'ConclusionDrawn', data }];
    },
    MakeRecommendation: ({ recommendation, conclusions, says: words }, { recommendations }) => {
      const data = { recommendation, conclusions: [...conclusions], says: words };
      return isDeepStrictEqual(recommendations[recommendation], data) ? [] : [{ type: 'RecommendationMade', data }];
    },
  },

  requires: {
    FindingRecorded: ({ findings }, { finding, answers, figures }, moment, { questions }) => {
      if (findings[finding]) return [says.lack('FINDING_RECORDED_OTHERWISE', { finding })];
      return [
        ...answers.filter((each) => !questions[each]).map((question) => says.lack('NO_SUCH_QUESTION', { question })),
        ...figures.flatMap((each) => unreadable(each, moment)),
      ];
    },
    ConclusionDrawn: ({ findings: known, conclusions }, { conclusion, findings }) => {
      if (conclusions[conclusion]) return [says.lack('CONCLUSION_DRAWN_OTHERWISE', { conclusion })];
      return findings.filter((each) => !known[each]).map((finding) => says.lack('NO_SUCH_FINDING', { finding }));
    },
    RecommendationMade: ({ conclusions: known, recommendations }, { recommendation, conclusions }) => {
      if (recommendations[recommendation]) return [says.lack('RECOMMENDATION_MADE_OTHERWISE', { recommendation })];
      return conclusions.filter((each) => !known[each]).map((conclusion) => says.lack('NO_SUCH_CONCLUSION', { conclusion }));
    },
  },

  evolve: {
    FindingRecorded: (now, data) => ({ ...now, findings: { ...now.findings, [data.finding]: data } }),
    ConclusionDrawn: (now, data) => ({ ...now, conclusions: { ...now.conclusions, [data.conclusion]: data } }),
    RecommendationMade: (now, data) => ({ ...now, recommendations: { ...now.recommendations, [data.recommendation]: data } }),
  },

  measures: {
    findings: { counts: 'findings of evaluations' },
    'figures-cited': { counts: 'figures that findings cite', by: ['indicator'] },
    recommendations: { counts: 'recommendations of evaluations' },
  },
  facts: {
    FindingRecorded: ({ finding, figures }) => [
      { measure: 'findings', subject: `finding ${finding}`, quantity: 1 },
      ...figures.map(({ indicator }, i) => ({
        ...{ measure: 'figures-cited' as const, subject: `figure ${i + 1} of finding ${finding}`, quantity: 1 },
        by: { indicator },
      })),
    ],
    RecommendationMade: ({ recommendation }) => [{ measure: 'recommendations', subject: `recommendation ${recommendation}`, quantity: 1 }],
  },
});
