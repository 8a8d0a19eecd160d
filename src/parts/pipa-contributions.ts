import { isDeepStrictEqual } from 'node:util';
import { Count, Country, Name, officers, Slug, type Whole } from '../kernel/fields';
import { Currency, Minor } from '../kernel/fields-money';
import { command, part } from '../kernel/part';
import type { PartialDate } from '../kernel/partial-date';
import { vocabulary } from '../kernel/refusal';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface ContributionEvents {
  /** Of a country or else of an organisation; `year`: the one it is for. */
  ContributionRecorded: {
    contribution: string;
    country?: string;
    organisation?: string;
    amountMinor: Whole;
    currency: string;
    year: Whole;
  };
}

export class RecordContribution {
  @Slug('The contribution, which tells it from an equal one of the same year') contribution!: string;
  @Country('The country that contributes, or else:', { optional: true }) country?: string;
  @Name('The organisation that contributes', { optional: true }) organisation?: string;
  @Minor('Amount', { min: 1 }) amountMinor!: number;
  @Currency('Currency of the amount') currency!: string;
  @Count('The year it is for', { min: 1991, max: 2199 }) year!: number;
}

interface Contribution extends Readonly<ContributionEvents['ContributionRecorded']> {
  readonly on: PartialDate;
}
/** In the order of recording. */
export type Contributions = readonly Contribution[];

const says = vocabulary({
  CONTRIBUTION_OF_WHOM: 'A contribution is of a country or of an organisation: of one of the two',
  CONTRIBUTION_RECORDED_OTHERWISE: 'The contribution {contribution} was recorded already, otherwise',
  CONTRIBUTIONS_TOO_LARGE: 'The contributions in {currency} would be more than can be kept exactly',
});

/** What was contributed, by currency: amounts of different currencies are never added up. */
export const contributed = (contributions: Contributions): Readonly<Record<string, number>> =>
  contributions.reduce<Record<string, number>>(
    (sums, { currency, amountMinor }) => ({ ...sums, [currency]: (sums[currency] ?? 0) + amountMinor }),
    {},
  );

/** What countries and organisations contribute, each amount in its currency. */
export const contributions = part<ContributionEvents, Contributions>()({
  says,
  commands: { RecordContribution: command(RecordContribution, officers, ['ContributionRecorded']) },
  initial: [],
  offers: { RecordContribution: (_, __, ___, on) => [{ such: { country: 'ES', year: Number(on.slice(0, 4)) } }] },

  decide: {
    RecordContribution: ({ contribution, country, organisation, amountMinor, currency, year }, now, { occurredOn: on }) => {
      const whose = { ...(country !== undefined && { country }), ...(organisation !== undefined && { organisation }) };
      const data = { contribution, ...whose, amountMinor, currency, year };
      return now.some((each) => isDeepStrictEqual(each, { ...data, on })) ? [] : [{ type: 'ContributionRecorded', data }];
    },
  },
  requires: {
    ContributionRecorded: (now, { contribution, country, organisation, amountMinor, currency }) => {
      if ((country === undefined) === (organisation === undefined)) return [says.lack('CONTRIBUTION_OF_WHOM')];
      if (now.some((each) => each.contribution === contribution)) return [says.lack('CONTRIBUTION_RECORDED_OTHERWISE', { contribution })];
      const sum = (contributed(now)[currency] ?? 0) + amountMinor;
      return Number.isSafeInteger(sum) ? [] : [says.lack('CONTRIBUTIONS_TOO_LARGE', { currency })];
    },
  },
  evolve: { ContributionRecorded: (now, data, { occurredOn: on }) => [...now, { ...data, on }] },

  measures: {
    'pipa-contributions': {
      counts: 'amounts contributed by countries and organisations',
      by: ['country', 'organisation', 'currency', 'year'],
      money: true,
    },
  },
  facts: {
    ContributionRecorded: ({ contribution, country, organisation, amountMinor, currency, year }) => [
      {
        ...{ measure: 'pipa-contributions', subject: `contribution ${contribution}`, quantity: amountMinor },
        by: {
          ...(country !== undefined && { country }),
          ...(organisation !== undefined && { organisation }),
          ...{ currency, year: String(year) },
        },
      },
    ],
  },
});
