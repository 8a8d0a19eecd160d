/**
 * Benchmarks: `npm run bench` runs the suite `main-job`; `-- <suite> --format json` prints its result as JSON alone. A figure that is
 * compared is measured in rounds A B A B of one run, so that what the machine does meanwhile touches both; it is told as the
 * median of the rounds with their spread.
 */
import 'reflect-metadata';
import { cpus, totalmem } from 'node:os';
import Table from 'cli-table3';
import { Command, Option } from 'commander';
import { mainJob } from './main-job';
import type { Result } from './measure';

const suites: Readonly<Record<string, (log: (line: string) => void) => Promise<Omit<Result, 'environment'>>>> = { 'main-job': mainJob };

const environment = () => ({
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
});

const shown = ({ ratios, figures }: Result): string => {
  const table = new Table({ head: ['Measured', 'Value', 'Spread', 'Bound', 'Met'], style: { head: [], border: [] } });
  for (const { name, value, spread, bound, direction, met } of ratios)
    table.push([
      name,
      value.toFixed(2),
      `${spread[0].toFixed(2)}–${spread[1].toFixed(2)}`,
      bound === null ? '—' : `${direction} ${bound}`,
      met === null ? '—' : met ? 'yes' : 'no',
    ]);
  for (const { name, value, unit } of figures) table.push([name, `${value} ${unit}`, '', '', '']);
  return table.toString();
};

new Command('bench')
  .argument('[suite]', 'what is measured', 'main-job')
  .addOption(new Option('--format <format>').choices(['table', 'json']).default('table'))
  .action(async (suite: string, { format }: { format: 'table' | 'json' }) => {
    const run = suites[suite];
    if (!run) throw new Error(`there is no suite ${suite}: ${Object.keys(suites).join(', ')}`);
    const result: Result = { ...(await run((line) => process.stderr.write(`${line}\n`))), environment: environment() };
    process.stdout.write(`${format === 'json' ? JSON.stringify(result, null, 2) : shown(result)}\n`);
    process.exitCode = result.ratios.every(({ met }) => met !== false) ? 0 : 1;
  })
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
