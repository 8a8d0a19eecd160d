import { isRefusal } from '../engine/refused';
import type { Question } from '../monitoring/known-at';
import { renderCsv, renderTable } from '../monitoring/print';
import { renderPage } from '../monitoring/page/page';
import { ReportPages } from '../monitoring/page/page-data';
import { type Report, Reports } from '../monitoring/report';
import type { Puente, Settings } from '../puente';
import type { Language } from '../words/say';
import { opened } from './opened';
import { inWords } from './refusal-in-words';

export const reportFormats = ['table', 'json', 'csv', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];
export interface ReportAsked extends Question {
  readonly format: ReportFormat;
  readonly language: Language;
}

/** The report on standard output, nothing else. */
export const print = async (puente: Pick<Puente, 'pool' | 'store'>, { format, ...question }: ReportAsked): Promise<void> => {
  const printed = await printedAs[format](puente, question);
  process.stdout.write(printed.endsWith('\n') ? printed : `${printed}\n`);
};

type Printed = (puente: Pick<Puente, 'pool' | 'store'>, question: Omit<ReportAsked, 'format'>) => Promise<string>;
const made: (printed: (report: Report, language: Language) => string) => Printed =
  (printed) =>
  async ({ pool, store }, question) =>
    printed(await new Reports(pool, store).make(question), question.language);

const printedAs: Readonly<Record<ReportFormat, Printed>> = {
  table: made(renderTable),
  json: made((report) => JSON.stringify(report, null, 2)),
  csv: made(renderCsv),
  html: async ({ pool, store }, question) => renderPage(await new ReportPages(pool, store).read(question), question.language),
};

/** @returns the exit code: 2 where no such report can be asked for, and why is told */
export const report = ({ settings, ...asked }: ReportAsked & { readonly settings: Settings }): Promise<0 | 2> =>
  opened(settings, async (puente) => {
    try {
      await puente.runner.catchUp();
      await print(puente, asked);
      return 0;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      settings.log(inWords(error, asked.language));
      return 2;
    }
  });
