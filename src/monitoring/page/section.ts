import type { Day } from '../../kernel/partial-date';
import type { Comparator } from '../../parts/claim-course';
import type { Language } from '../../words/say';
import type { RegisteredClaim } from '../report';
import type { Dimensions } from '../standing-facts';
import { type Chart, draw } from './drawn';
import { html, type Markup, type Shown } from './markup';
import type { PageData } from './page-data';
import type { PageWords } from './words';
import { dated, type Writing } from './writing';

/** Where what the page names is read on; a page that stands alone leads nowhere. */
export interface Addresses {
  readonly report: string;
  readonly process: string;
  evidence(figure: { readonly code: string; readonly version: number; readonly asOf: Day; readonly where?: Dimensions }): string;
  claim(id: string): string;
  pipa(id: string): string;
  progress(framework: string): string;
}
/** What every part of the page is made from. */
export interface Making {
  readonly data: PageData;
  readonly language: Language;
  readonly words: PageWords;
  readonly writing: Writing;
  readonly addresses?: Addresses | undefined;
}
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

export const linked = (href: string | undefined, shown: Shown): Markup =>
  href === undefined ? html`${shown}` : html`<a href="${href}">${shown}</a>`;

/** What a claim says, as it is meant. */
export const compared = (
  { words, writing }: Pick<Making, 'words' | 'writing'>,
  { comparator, value }: { readonly comparator: Comparator; readonly value: number },
): string => `${words.comparators[comparator]}${writing.number(value)}`;

export const answered = ({ words }: Pick<Making, 'words'>, agrees: boolean | null): Markup =>
  agrees === null
    ? html`${words.nothingToCompare}`
    : agrees
      ? html`<span class="agrees">${words.agrees}</span>`
      : html`<strong class="differs">${words.differs}</strong>`;

/** Of when a claim speaks. */
export const dayOf = ({ words, writing }: Pick<Making, 'words' | 'writing'>, { asOf }: Pick<RegisteredClaim, 'asOf'>): Markup =>
  asOf === undefined ? html`${words.ofNoDay}` : dated(writing, asOf);

/** What a claim says, and whether somebody said it. */
export const published = (
  making: Pick<Making, 'words' | 'writing'>,
  claim: Pick<RegisteredClaim, 'comparator' | 'value' | 'derived'>,
): Markup => html`${compared(making, claim)}${claim.derived === undefined ? undefined : html` <small>${making.words.derived}</small>`}`;

/** Who published it; an address is followed where it is one. */
export const sourceOf = ({ writing }: Pick<Making, 'writing'>, { source }: Pick<RegisteredClaim, 'source'>): Markup => {
  const { document, date, page } = source;
  const address = page !== undefined && /^https?:\/\//.test(page) ? page : undefined;
  return html`${linked(address, document)}, ${dated(writing, date)}${page === undefined || address ? undefined : `, ${page}`}`;
};

/** A table of claims, each beside what it is held against. */
export const claimColumns = ({ claim, published, day, recount, source }: PageWords) =>
  [claim, published, day, recount, source].map((title) => ({ title }));

/** A chart with what it shows in words; its table follows. */
export const drawn = async (chart: Chart): Promise<Markup> =>
  html`<figure>
    ${await draw(chart)}
    <figcaption><b>${chart.title}.</b> ${chart.description}</figcaption>
  </figure>`;
