#!/usr/bin/env node
import 'reflect-metadata';
import { join } from 'node:path';
import { Argument, Command, CommanderError, Help, InvalidArgumentError, Option } from 'commander';
import { isDay } from './kernel/partial-date';
import { type Role, roles } from './kernel/fields';
import { copyStores } from './cli/copy-store';
import { demo } from './cli/demo';
import { demoFiles } from './cli/demo-files';
import { exportFormats, exportTo } from './cli/export';
import { tellFailure } from './cli/failed';
import { importFile } from './cli/import-file';
import { parked } from './cli/parked';
import { rebuild } from './cli/rebuild';
import { drop, retry } from './cli/retry';
import { report, type ReportFormat, reportFormats } from './cli/report';
import { settings } from './cli/settings';
import { status } from './cli/status';
import { undoImport } from './cli/undo-import';
import { verify } from './cli/verify';
import { AskedWrongly } from './http/auth';
import { mintDevToken } from './http/dev-issuer';
import { serveUntilStopped } from './http/server';
import { demandNamed } from './engine/doer-status';
import { longestSubject } from './http/tokens';
import { everyReadModel } from './puente';
import { type Language, languages } from './words/say';

const day = (text: string) => {
  if (!isDay(text)) throw new InvalidArgumentError('It must be a real day from 1900 to 2199: YYYY-MM-DD.');
  return text;
};
const instant = (text: string) => {
  if (!/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('It must be a day or an instant: 2026-11-22 or 2026-11-22T18:00:00Z.');
  // A day means its end, or now where it is not over.
  return text.length === 10
    ? new Date(Math.min(Date.parse(`${text}T23:59:59.999Z`), Math.max(Date.now(), Date.parse(text)))).toISOString()
    : new Date(text).toISOString();
};

const subject = (text: string) => {
  if (text === '' || text.length > longestSubject) throw new InvalidArgumentError(`It must have 1 to ${longestSubject} characters.`);
  return text;
};

const language = (of: string) => new Option('--language <language>', of).choices(languages).default('en');
const readModels = everyReadModel.map(({ name }) => name);
const readModel = () => new Argument('<read model>', 'what is kept of the events for reading').choices(readModels);
/** A read model, or the name that `parked` gives to what a policy or the calendar demands. */
const readModelOrDemand = (text: string) => {
  if (readModels.includes(text) || demandNamed(text)) return text;
  throw new InvalidArgumentError(`Allowed choices are ${readModels.join(', ')}, and names that \`parked\` gives.`);
};

/** The command line: exit code 0 when all is well, 1 when the work found something wrong, 2 when it was asked wrongly. */
const program = new Command('puente')
  .description('Records the life of city cooperation as events, and answers which events stand behind every figure.')
  .exitOverride()
  .configureHelp({
    optionDescription: (option) => `${new Help().optionDescription(option)}${option.mandatory ? ' (required)' : ''}`,
  })
  .showHelpAfterError();

program
  .command('demo')
  .description('imports the real cohort, prints the report beside what was published, and serves')
  .option('--once', 'end after the report')
  .action(async ({ once }: { once?: true }) =>
    demo({ settings: settings(), files: demoFiles(join(__dirname, '../../data')), once: once === true }),
  );

program
  .command('serve')
  .description('serves HTTP on HOST (127.0.0.1) and PORT (3000)')
  .action(async () => serveUntilStopped(settings()));

program
  .command('import')
  .argument('<file.jsonl>', 'a command a line')
  .option('--dry-run', 'say what would be recorded and record nothing')
  .addOption(language('language of what is refused'))
  .description('executes the commands of a file; run again, it changes nothing')
  .action(async (file: string, { dryRun, language }: { dryRun?: true; language: Language }) => {
    process.exitCode = await importFile({ settings: { ...settings(), dryRun: dryRun === true }, file, language });
  });

program
  .command('report')
  .option('--as-of <day>', 'what had happened by that day: YYYY-MM-DD', day)
  .option('--known-at <instant>', 'as it was known at that moment: a day, or an instant such as 2026-11-22T18:00:00Z', instant)
  .addOption(new Option('--format <format>', 'how it is printed').choices(reportFormats).default('table'))
  .addOption(language('language of its labels, and of what is refused'))
  .description('the figures, with the published claims beside them')
  .action(async (asked: { asOf?: string; knownAt?: string; format: ReportFormat; language: Language }) => {
    process.exitCode = await report({ settings: settings(), ...asked });
  });

program
  .command('export')
  .argument('<folder>', 'one that is empty, or not there yet')
  .option('--as-of <day>', 'what had happened by that day: YYYY-MM-DD', day)
  .option('--known-at <instant>', 'as it was known at that moment: a day, or an instant such as 2026-11-22T18:00:00Z', instant)
  .addOption(
    new Option('--format <format>', 'CSV with a datapackage.json, one workbook, JSON, or activities by IATI 2.03')
      .choices(exportFormats)
      .default('csv'),
  )
  .option('--organisation <id>', 'who publishes, by its IATI organisation identifier (IATI_ORGANISATION)')
  .option('--organisation-name <name>', 'what it is called (IATI_ORGANISATION_NAME)')
  .option('--organisation-type <code>', 'what it is, such as 40 for multilateral (IATI_ORGANISATION_TYPE)')
  .option('--documents <address>', 'where everybody can read documents, each at its digest below (IATI_DOCUMENTS)')
  .addOption(language('language of its labels, and of what is refused'))
  .description('writes tables as files: figures, claims, facts, pairings, results. The same question gives the same bytes')
  .action(
    async (
      folder: string,
      {
        organisation: ref,
        organisationName: name,
        organisationType: type,
        documents,
        ...asked
      }: { asOf?: string; knownAt?: string; format: (typeof exportFormats)[number]; language: Language } & Partial<
        Record<'organisation' | 'organisationName' | 'organisationType' | 'documents', string>
      >,
    ) => {
      process.exitCode = await exportTo({
        settings: settings(process.env, { publisher: { ref, name, type, documents } }),
        folder,
        ...asked,
      });
    },
  );

program
  .command('undo')
  .argument('<import>', 'the id that the import printed')
  .requiredOption('--authority <party>', 'the party whose authority it is')
  .requiredOption('--reason <text>', 'why')
  .option('--dry-run', 'say what would be taken back and take nothing back')
  .addOption(language('language of what is refused'))
  .description('takes back all that one import recorded; what later facts rest on stays, and is told')
  .action(async (correlationId: string, asked: { authority: string; reason: string; dryRun?: true; language: Language }) => {
    process.exitCode = await undoImport({ settings: settings(), correlationId, ...asked });
  });

program
  .command('rebuild')
  .addArgument(readModel())
  .description('fills a read model anew; the old rows are read until the new ones take their place. Cut off, it goes on when run again')
  .action(async (name: string) => rebuild(settings(), name));

program
  .command('status')
  .addOption(new Option('--format <format>', 'how it is printed').choices(['table', 'json']).default('table'))
  .description('how far each read model has come, and what policies and timers have to do')
  .action(async ({ format }: { format: 'table' | 'json' }) => status(settings(), format));

program
  .command('parked')
  .description('the streams that a read model could not take in, what policies and timers failed to do or were refused, and why')
  .action(async () => parked(settings()));

program
  .command('retry')
  .argument(
    '[what]',
    'a read model, or the name `parked` gives to what a policy or timer demands; all where it is left out',
    readModelOrDemand,
  )
  .argument('[stream]', 'all that are parked there where it is left out')
  .option('--dry-run', 'say what would come of it and change nothing')
  .description('tries again what is parked, failed or was refused')
  .action(async (what: string | undefined, stream: string | undefined, { dryRun }: { dryRun?: true }) => {
    process.exitCode = await retry(settings(), { what, stream, dryRun: dryRun === true });
  });

program
  .command('drop')
  .argument(
    '<what>',
    `a read model (${readModels.map((name) => JSON.stringify(name)).join(', ')}), or the name \`parked\` gives to what a policy or timer demands`,
    readModelOrDemand,
  )
  .argument('[stream]', 'which of those that are parked in the read model')
  .requiredOption('--because <text>', 'why it is given up')
  .description('gives up a parked stream, which is taken up again with its next event, or what a policy or timer demands')
  .action(async (what: string, stream: string | undefined, { because }: { because: string }) => {
    if (because.trim() === '') throw new AskedWrongly('why is it given up?');
    if (!demandNamed(what) && stream === undefined) throw new AskedWrongly(`which stream of ${what} is given up?`);
    process.exitCode = await drop(settings(), what, stream, because);
  });

program
  .command('verify')
  .addOption(new Option('--format <format>', 'how it is printed').choices(['table', 'json']).default('table'))
  .description('holds everything that is kept against the log: read models, figures, budgets, documents; and the log against its rules')
  .action(async ({ format }: { format: 'table' | 'json' }) => {
    process.exitCode = await verify({ settings: settings(), format, now: () => new Date() });
  });

program
  .command('copy-store')
  .requiredOption('--from <store>', 'postgresql://…, esdb://…, esdb+discover://… or embedded')
  .requiredOption('--to <store>', 'likewise; a database is brought up to date')
  .option('--verify-only', 'compare every event on both sides and copy none')
  .option('--rebuild', 'fill the read models in DATABASE_URL anew from the target afterwards; nothing else may run then')
  .addOption(new Option('--format <format>', 'how it is printed').choices(['table', 'json']).default('table'))
  .description('copies every event of one store into another, or goes on where it was broken off, and compares all of them')
  .action(async (asked: { from: string; to: string; verifyOnly?: true; rebuild?: true; format: 'table' | 'json' }) => {
    process.exitCode = await copyStores({ settings: settings(), ...asked });
  });

program
  .command('token')
  .addOption(new Option('--role <role>', 'what its bearer may do').choices([...roles]).makeOptionMandatory())
  .option('--subject <subject>', 'whose it is, where several bearers are to be told apart (dev-<role>)', subject)
  .description('prints a token of the development issuer, which works on this machine only')
  .action(
    async (given: { role: Role; subject?: string }) =>
      void process.stdout.write(`${await mintDevToken({ home: settings().home, ...given, log: settings().log })}\n`),
  );

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else process.exitCode = tellFailure(error);
});
