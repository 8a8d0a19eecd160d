/**
 * Benchmarks: `npm run bench` runs the suite `main-job`; `-- store` the event store against its peers; `-- monitoring` figures over many facts;
 * `-- delivery` how events reach subscribers; `--format json` prints the result as JSON alone. A figure that is compared is measured in rounds A B A B of one run, so that what the machine does meanwhile touches
 * both; it is told as the median of the rounds with their spread.
 */
import 'reflect-metadata';
import { cpus, loadavg, totalmem } from 'node:os';
import Table from 'cli-table3';
import { Command, InvalidArgumentError, Option } from 'commander';
import { deliverySuite } from './delivery';
import { mainJob } from './main-job';
import type { Options, Ratio, Result, Suite } from './measure';
import { monitoringSuite } from './monitoring';
import { storeSuite } from './store';

const suites: Readonly<Record<string, Suite>> = {
  'main-job': mainJob,
  store: storeSuite,
  monitoring: monitoringSuite,
  delivery: deliverySuite,
};

const machine = () => ({
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  /** Of the minute before: work of others makes ratios worse and their spread wide. */
  loadAverage: Number(loadavg()[0]!.toFixed(1)),
});

const met = ({ leftOut, met }: Ratio) => (leftOut !== undefined ? `left out: ${leftOut}` : met === null ? '—' : met ? 'yes' : 'no');

const shown = ({ ratios, figures }: Result): string => {
  const table = new Table({ head: ['Measured', 'Value', 'Spread', 'Bound', 'Met'], style: { head: [], border: [] } });
  for (const each of ratios) {
    const { name, value, spread, bound, direction } = each;
    table.push([
      name,
      value === null ? '—' : value.toFixed(2),
      spread === null ? '—' : `${spread[0].toFixed(2)}–${spread[1].toFixed(2)}`,
      bound === null ? '—' : `${direction} ${bound}`,
      met(each),
    ]);
  }
  for (const { name, value, unit } of figures) table.push([name, `${value} ${unit}`, '', '', '']);
  return table.toString();
};

const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value < 1_000)) throw new InvalidArgumentError('a number above 0.');
  return value;
};

new Command('bench')
  .argument('[suite]', 'what is measured', 'main-job')
  .addOption(new Option('--format <format>').choices(['table', 'json']).default('table'))
  .addOption(new Option('--rounds <number>', 'how many rounds count').argParser(positive).default(5))
  .addOption(new Option('--seconds <number>', 'how long each contestant runs in a round').argParser(positive).default(1.5))
  .addOption(new Option('--scale <share>', 'of the sizes of `delivery`, to try it').argParser(positive).default(1))
  .addOption(new Option('--only <part>', 'one part of the suites `store`, `monitoring`, `delivery`'))
  .action(async (suite: string, { format, ...options }: Options & { format: 'table' | 'json' }) => {
    const run = suites[suite];
    if (!run) throw new Error(`there is no suite ${suite}: ${Object.keys(suites).join(', ')}`);
    const { environment, ...measured } = await run((line) => process.stderr.write(`${line}\n`), options);
    const result: Result = { ...measured, environment: { ...machine(), ...environment } };
    process.stdout.write(`${format === 'json' ? JSON.stringify(result, null, 2) : shown(result)}\n`);
    process.exitCode = result.ratios.every((each) => each.met !== false) ? 0 : 1;
  })
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
