import { inUnits } from '../kernel/currencies';
import type { StoredDocument } from '../kernel/fields';
import { type Day, firstDay, lastDay, type PartialDate } from '../kernel/partial-date';
import { type Element, element, narratives, type Text, told, usualLanguage } from './iati-elements';
import { says } from './iati-words';
import type { Publisher } from './publisher';

/** Codes of IATI 2.03 by what they mean. */
export const statuses = { pipeline: 1, implementation: 2, finalisation: 3, closed: 4, cancelled: 5, suspended: 6 } as const;
export const dates = { 'planned-start': 1, 'actual-start': 2, 'planned-end': 3, 'actual-end': 4 } as const;
export const roles = { funding: 1, accountable: 2, implementing: 4 } as const;
export const transactions = { 'incoming-funds': 1, commitment: 2, expenditure: 4 } as const;
export const relations = { parent: 1, child: 2 } as const;
export const categories = { objectives: 'A02', evaluation: 'A07', results: 'A08', memorandum: 'A09' } as const;

export interface Organisation {
  readonly role: keyof typeof roles;
  readonly name: Text;
  /** By the codelist OrganisationType; left out where nobody said. */
  readonly type?: number | undefined;
}
export interface ActivityDate {
  readonly is: keyof typeof dates;
  readonly on: PartialDate;
  /** What it is taken from, where that is not the thing itself. */
  readonly note?: Text;
}
export interface Money {
  readonly amountMinor: number;
  readonly currency: string;
}
export interface Transaction extends Money {
  readonly is: keyof typeof transactions;
  readonly on: PartialDate;
  readonly about: Text;
  readonly from?: Omit<Organisation, 'role'>;
}
export interface LinkedDocument {
  readonly document: StoredDocument;
  readonly title: Text;
  readonly category: keyof typeof categories;
}

/** What IATI can be told of a programme, a component, a pairing or a PIPA. */
export interface Activity {
  /** Follows the publisher's identifier. */
  readonly id: string;
  readonly hierarchy: 1 | 2 | 3;
  readonly updatedAt: string;
  readonly title: Text;
  readonly description: Text;
  readonly illustrative: boolean;
  readonly organisations: readonly Organisation[];
  readonly status: keyof typeof statuses;
  readonly dates: readonly ActivityDate[];
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** Purpose code of the OECD-DAC. */
  readonly sector: string;
  /** In words of the product. */
  readonly themes: readonly { readonly code: string; readonly name: Text }[];
  readonly budgets: readonly (Money & { readonly year: string })[];
  readonly transactions: readonly Transaction[];
  readonly documents: readonly LinkedDocument[];
  readonly related: readonly { readonly is: keyof typeof relations; readonly id: string }[];
  readonly results: readonly Element[];
}

/** Equal shares in hundredths of a per cent that add up to a hundred. */
export const shares = (of: number): readonly (string | undefined)[] => {
  if (of <= 1) return Array.from({ length: of }, () => undefined);
  const each = Math.floor(10_000 / of);
  return Array.from({ length: of }, (_, i) => ((i === of - 1 ? 10_000 - each * (of - 1) : each) / 100).toFixed(2));
};

const isStart = { 'planned-start': true, 'actual-start': true, 'planned-end': false, 'actual-end': false } as const;
const dated = ({ is, on, note }: ActivityDate): Element => {
  const notes = [...(note === undefined ? [] : [note]), ...(on.length < 10 ? [says.rough(on)] : [])];
  return element(
    'activity-date',
    { type: dates[is], 'iso-date': isStart[is] ? firstDay(on) : lastDay(on) },
    ...notes.flatMap((each) => narratives(each)),
  );
};
const valued = ({ amountMinor, currency }: Money, day: Day) =>
  element('value', { currency, 'value-date': day }, inUnits(amountMinor, currency));
const paid = ({ is, on, about, from, ...money }: Transaction): Element =>
  element(
    'transaction',
    {},
    element('transaction-type', { code: transactions[is] }),
    element('transaction-date', { 'iso-date': lastDay(on) }),
    valued(money, lastDay(on)),
    element('description', {}, ...narratives(about), ...(on.length < 10 ? narratives(says.rough(on)) : [])),
    ...(from ? [told('provider-org', from.name, { type: from.type })] : []),
  );

/** A document that everybody can read at its digest. */
export const linked = ({ document, title, category }: LinkedDocument, { documents }: Publisher): readonly Element[] =>
  documents === undefined
    ? []
    : [
        element(
          'document-link',
          { url: `${documents}${document.digest}`, format: document.mediaType },
          told('title', title),
          told('description', `SHA-256 ${document.digest}`),
          element('category', { code: categories[category] }),
          ...(document.language === undefined ? [] : [element('language', { code: document.language })]),
        ),
      ];

export const identifier = ({ ref }: Publisher, id: string) => `${ref}-${id}`;

const recipients = ({ countries }: Activity): readonly Element[] => {
  // Developing countries, unspecified.
  if (countries.length === 0) return [told('recipient-region', says.noCountry, { code: 998, vocabulary: 1 })];
  const parts = shares(countries.length);
  return countries.map((code, i) =>
    parts[i] === undefined
      ? element('recipient-country', { code })
      : told('recipient-country', says.equalShares, { code, percentage: parts[i] }),
  );
};

/** An activity with its elements in the order in which the schema has them. */
export const activityElement = (activity: Activity, publisher: Publisher): Element => {
  const { id, hierarchy, updatedAt, themes } = activity;
  const parts = shares(themes.length);
  return element(
    'iati-activity',
    { 'xml:lang': usualLanguage, 'last-updated-datetime': updatedAt, hierarchy },
    element('iati-identifier', {}, identifier(publisher, id)),
    told('reporting-org', publisher.name, { ref: publisher.ref, type: publisher.type }),
    told('title', activity.title),
    told('description', activity.description, { type: 1 }),
    ...(activity.illustrative ? [told('description', says.illustrative, { type: 4 })] : []),
    ...activity.organisations.map(({ role, name, type }) => told('participating-org', name, { role: roles[role], type })),
    element('activity-status', { code: statuses[activity.status] }),
    ...activity.dates.map(dated),
    ...recipients(activity),
    element('sector', { vocabulary: 1, code: activity.sector }),
    ...themes.map(({ code, name }, i) => told('sector', name, { vocabulary: 99, code, percentage: parts[i] })),
    ...activity.budgets.map(({ year, ...money }) =>
      element(
        'budget',
        { type: 1, status: 2 },
        element('period-start', { 'iso-date': `${year}-01-01` }),
        element('period-end', { 'iso-date': `${year}-12-31` }),
        valued(money, `${year}-01-01`),
      ),
    ),
    ...activity.transactions.map(paid),
    ...activity.documents.flatMap((each) => linked(each, publisher)),
    ...activity.related.map(({ is, id: other }) => element('related-activity', { ref: identifier(publisher, other), type: relations[is] })),
    ...activity.results,
  );
};
