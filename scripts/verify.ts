/**
 * `npm run verify`: holds what this installation keeps against its log, as the command line does. With `--kill` processes and PostgreSQL are killed and
 * frozen at random and everything is judged afterwards; with `--long` the tests that leave something to chance run long; with `--delivery` everything on the way of
 * deliveries breaks, and readers of events are cut off, again and again; with `--mutants`
 * the store and the runner are changed for the worse and the tests have to say so; with `--iati` what is exported is held against a schema
 * and a rule set that somebody downloaded. What each found is told on standard output, what it is
 * at on standard error.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type Check, tellChecks } from '../src/cli/checks';
import { mutants } from './mutants';
import { verifyDelivery } from './verify-delivery';
import { verifyLong } from './verify-long';
import { verifyMutants } from './verify-mutants';

const whole = (most: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  return value;
};

interface Asked {
  readonly format: 'table' | 'json';
  readonly kill?: true;
  readonly cycles: number;
  readonly long?: true;
  readonly delivery?: true;
  readonly mutants?: true;
  readonly only?: string;
  readonly iati?: string;
  readonly rules?: string;
  readonly seed: number;
}

// Whatever was made leaves with the process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(2));

const log = (line: string) => void process.stderr.write(`${line}\n`);

const found = async ({ kill, long, delivery, cycles, only, seed, iati, rules }: Asked): Promise<readonly Check[]> => {
  if (iati !== undefined) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load the whole product for every form
    const { verifyIati } = require('./verify-iati') as typeof import('./verify-iati');
    return verifyIati(iati, rules, log);
  }
  if (!kill && !long && !delivery) return verifyMutants(only, log);
  log(`seed ${seed}: --seed ${seed} repeats it`);
  if (long) return verifyLong(String(seed), log);
  if (delivery) return verifyDelivery(String(seed), log);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load the whole product for every form
  const { verifyKill } = require('./verify-kill') as typeof import('./verify-kill');
  return verifyKill(cycles, String(seed), log);
};

/** What is said with the form that it is for: alone, nothing of that form would be done. */
const belongs: readonly (readonly [
  option: 'cycles' | 'seed' | 'only' | 'rules',
  forms: readonly ('kill' | 'long' | 'delivery' | 'mutants' | 'iati')[],
])[] = [
  ['cycles', ['kill']],
  ['seed', ['kill', 'long', 'delivery']],
  ['only', ['mutants']],
  ['rules', ['iati']],
];

new Command('verify')
  .description('holds what this installation keeps against its log; with one of the options, checks what Puente promises')
  .addOption(new Option('--format <format>', 'how it is printed').choices(['table', 'json']).default('table'))
  .addOption(new Option('--kill', 'kill and freeze processes and PostgreSQL at random').conflicts(['long', 'mutants']))
  .addOption(new Option('--cycles <number>', 'how often, with --kill').argParser(whole(1_000_000)).default(200))
  .addOption(new Option('--long', 'the tests that leave something to chance, long').conflicts(['kill', 'mutants']))
  .addOption(
    new Option('--seed <number>', 'what chance follows from, with --kill, --long or --delivery')
      .argParser(whole(2 ** 31 - 1))
      .default(randomInt(1, 2 ** 31 - 1), 'drawn'),
  )
  .addOption(
    new Option(
      '--delivery',
      'break receivers, the way to them, senders and their database 1,000 times (PUENTE_OUTAGES), and reconnect readers of events 500 times (PUENTE_RECONNECTS)',
    ).conflicts(['kill', 'long', 'mutants', 'iati']),
  )
  .addOption(new Option('--mutants', 'change the store and the runner for the worse').conflicts(['kill', 'long']))
  .addOption(new Option('--only <mutant>', 'one of them, with --mutants').choices(mutants.map(({ name }) => name)))
  .addOption(
    new Option(
      '--iati <folder>',
      'what is exported, against the schema 2.03 of IATI: a folder with iati-activities-schema.xsd, iati-common.xsd and xml.xsd',
    ).conflicts(['kill', 'long', 'mutants']),
  )
  .addOption(new Option('--rules <file>', 'with --iati, also against this rule set: standard.json'))
  .exitOverride()
  .action(async (asked: Asked, command: Command) => {
    for (const [option, forms] of belongs)
      if (command.getOptionValueSource(option) === 'cli' && !forms.some((form) => asked[form]))
        command.error(`error: --${option} goes with ${forms.map((form) => `--${form}`).join(' or ')}`);
    if (asked.kill ?? asked.long ?? asked.delivery ?? asked.mutants ?? asked.iati)
      process.exitCode = tellChecks(await found(asked), asked.format);
    else {
      const words = [join(__dirname, '../dist/src/cli.js'), 'verify', '--format', asked.format];
      process.exitCode = spawnSync(process.execPath, words, { stdio: 'inherit' }).status ?? 2;
    }
  })
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof CommanderError)) log(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
  });
