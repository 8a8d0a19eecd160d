import { Figure, Item, Items, Name, OneOf, ProtectedText, Ref, Slug, type TextRef } from '../kernel/fields';
import { Day, PartialDate } from '../kernel/fields-dates';
import { InThreeLanguages, type Worded } from '../kernel/fields-worded';
import { type Condition, DimensionIs } from '../kernel/conditions';
import { type ResultLevel, resultLevels } from './result-levels';

export const directions = ['rising', 'falling'] as const;
export type Direction = (typeof directions)[number];

/** `target`: what is to be reached by the end of the period. A milestone is the target of a period before the last. */
export interface PeriodTarget {
  period: string;
  from: string;
  to: string;
  target: number;
}
/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface FrameworkEvents {
  /** Of a programme or of a PIPA: the one or the other. */
  FrameworkOpened: { name: string; programme?: string; pipa?: string };
  ResultIndicatorAdded: {
    indicator: string;
    label: Worded;
    unit: Worded;
    level: ResultLevel;
    direction: Direction;
    baseline: { value: number; on: string };
    periods: PeriodTarget[];
    disaggregatedBy: string[];
    /** The indicator of the catalogue whose figure is the actual value; entered by hand where it is left out. */
    computed?: { from: string; where: Condition[] };
  };
  ResultPeriodAdded: { indicator: string; added: PeriodTarget };
  TargetRevised: { indicator: string; period: string; target: number; reason: TextRef };
}

export class OpenFramework {
  @Name('Its name') name!: string;
  @Ref('programme', 'The programme whose results it holds', { optional: true }) programme?: string;
  @Ref('pipa', 'The programme, initiative or affiliated project of Ibero-American cooperation whose results it holds', { optional: true })
  pipa?: string;
}
export class Baseline {
  @Figure('The value before') value!: number;
  @PartialDate('When it was so') on!: string;
}
export class TargetForm {
  @Slug('The period') period!: string;
  @Day('Its first day') from!: string;
  @Day('Its last day') to!: string;
  @Figure('What is to be reached by its end') target!: number;
}
export class ComputedFrom {
  @Ref('indicator', 'The indicator of the catalogue') from!: string;
  @Items(DimensionIs, 'Of those facts only that have all of these', { max: 8, optional: true }) where?: DimensionIs[];
}
export class AddResultIndicator {
  @Slug('The indicator, within this framework') indicator!: string;
  @Item(InThreeLanguages, 'What it is called') label!: InThreeLanguages;
  @Item(InThreeLanguages, 'What it is measured in') unit!: InThreeLanguages;
  @OneOf('What it tells of', resultLevels) level!: ResultLevel;
  @OneOf('Whether more is better, or less', directions) direction!: Direction;
  @Item(Baseline, 'The value it starts from') baseline!: Baseline;
  @Items(TargetForm, 'The periods, each with its target', { min: 1, max: 60 }) periods!: TargetForm[];
  @Name('By what its values are broken down, such as gender', { max: 80, many: [0, 8], optional: true }) disaggregatedBy?: string[];
  @Item(ComputedFrom, 'What its values are computed from; entered by hand where it is left out', { optional: true })
  computed?: ComputedFrom;
}
export class AddResultPeriod {
  @Slug('The indicator') indicator!: string;
  @Item(TargetForm, 'The period with its target') added!: TargetForm;
}
export class ReviseTarget {
  @Slug('The indicator') indicator!: string;
  @Slug('The period') period!: string;
  @Figure('What is to be reached by its end instead') target!: number;
  @ProtectedText('Why') reason!: TextRef;
}
