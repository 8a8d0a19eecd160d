import { isRefusal } from '../engine/refused';
import type { Question } from '../monitoring/known-at';
import { renderCsv, renderTable } from '../monitoring/print';
import { Reports } from '../monitoring/report';
import type { Puente, Settings } from '../puente';
import type { Language } from '../words/say';
import { opened } from './opened';
import { inWords } from './refusal-in-words';

export interface ReportAsked extends Question {
  readonly format: 'table' | 'json' | 'csv';
  readonly language: Language;
}

/** The report on standard output, nothing else. */
export const print = async ({ pool, store }: Puente, { format, ...question }: ReportAsked): Promise<void> => {
  const made = await new Reports(pool, store).make(question);
  const printed = {
    table: () => renderTable(made, question.language),
    json: () => JSON.stringify(made, null, 2),
    csv: () => renderCsv(made),
  }[format]();
  process.stdout.write(printed.endsWith('\n') ? printed : `${printed}\n`);
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
