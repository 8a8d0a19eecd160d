import type { Language } from '../../words/say';
import { phasesSection, progressSection } from './course-sections';
import { annexSection, claimsSection, figuresSection } from './figures-sections';
import { html, Markup } from './markup';
import type { PageData } from './page-data';
import { pipasSection } from './pipas-section';
import { type Addresses, linked, type Making, type Section } from './section';
import { style } from './style';
import { pageWords } from './words';
import { writingIn } from './writing';

/**
 * The report to look at: one file that loads nothing and holds no script.
 * @param addresses where it leads; nowhere when left out
 */
export const renderPage = async (data: PageData, language: Language, addresses?: Addresses): Promise<string> => {
  const words = pageWords[language];
  const making: Making = { data, language, words, writing: writingIn(language), addresses };
  const [claims, progress, phases, pipas] = await Promise.all([
    claimsSection(making),
    progressSection(making),
    phasesSection(making),
    pipasSection(making),
  ]);
  const sections = [figuresSection(making), claims, progress, phases, ...(pipas ? [pipas] : []), annexSection(making)];
  const page = html`${new Markup('<!DOCTYPE html>')}
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title}</title>
        ${new Markup(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#report">${words.skip}</a>
        <header>
          <h1>${words.title}</h1>
          ${standsOn(making)}
        </header>
        <nav aria-label="${words.contents}">
          <ul>
            ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
          </ul>
        </nav>
        <main id="report">${sections.map(shown)}</main>
      </body>
    </html> `;
  return `${page.text.trim()}\n`;
};

const shown = ({ id, title, body }: Section): Markup =>
  html`<section id="${id}" aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${title}</h2>
    ${body}
  </section> `;

/** Of when it speaks, and what is to be known of it. */
const standsOn = ({ data, words, writing, addresses }: Making): Markup => {
  const { asOf, knownAt, position, epoch, report } = data;
  const notes = [
    ...(position === '0' ? [words.nothing] : []),
    ...(report.straddling > 0 ? [words.straddling(report.straddling, writing.number(report.straddling))] : []),
    ...(report.illustrative ? [words.illustrative, ...report.notes] : []),
    words.imported,
  ];
  return html`<p><strong>${words.standing(writing.date(asOf), knownAt === null ? undefined : writing.instant(knownAt))}</strong></p>
    <p>${words.position(position, epoch)}${addresses ? html` ${linked(addresses.report, words.again)}` : undefined}</p>
    <ul>
      ${notes.map((note) => html`<li>${note}</li>`)}
    </ul>`;
};
