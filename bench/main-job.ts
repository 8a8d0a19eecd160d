import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { demoFiles } from '../src/cli/demo-files';
import { importInto } from '../src/cli/import-file';
import { Reports } from '../src/monitoring/report';
import { openPuente, type Puente } from '../src/puente';
import { readModels } from '../src/reading/all';
import { milliseconds, rate, ratio, type Options, type Suite } from './measure';
import { openOffice, pairings } from './office';

const data = join(__dirname, '../data');
const file = join(data, 'iuc-lac/cohort.jsonl');
/** What the demo imports before the cohort. */
const definitions = demoFiles(data).slice(0, demoFiles(data).indexOf(file));

const commandsAgainstRows = async (puente: Puente, log: (line: string) => void, { rounds, seconds }: Options) => {
  const office = await openOffice(puente);
  const raw = new Pool({ ...puente.pool.options, max: pairings });
  await raw.query('create table public.raw_rows (id bigserial primary key, data text not null)');
  const row = JSON.stringify({ actor: 'an-organisation', sector: 'private', side: 'european', recorded: new Date().toISOString() }).repeat(
    3,
  );
  const ratios = [];
  const figures = [];
  for (const callers of [1, 32, 128]) {
    const commands: number[] = [];
    const rows: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      rows.push(await rate(callers, seconds * 1000, () => raw.query('insert into public.raw_rows (data) values ($1)', [row])));
      commands.push(await rate(callers, seconds * 1000, (caller, nth) => office.engage((caller + nth * callers) % pairings)));
      log(`${callers} callers, round ${round + 1}: ${Math.round(commands[round]!)} commands/s, ${Math.round(rows[round]!)} raw rows/s`);
    }
    ratios.push(
      ratio(
        `commands/s through the CommandBus ÷ raw single-row inserts/s, ${callers} ${callers === 1 ? 'caller' : 'callers'}`,
        commands,
        rows,
      ),
    );
    figures.push({
      name: `commands/s, ${callers} ${callers === 1 ? 'caller' : 'callers'} (best round)`,
      value: Math.round(Math.max(...commands)),
      unit: '/s',
    });
  }
  await raw.end();
  await office.close();
  return { ratios, figures };
};

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** From the start of the process to the first answer, over data that is there. */
const startUp = async (home: string): Promise<number> => {
  const port = await freePort();
  const began = performance.now();
  const server = spawn(process.execPath, [join(__dirname, '../dist/src/main.js')], {
    env: { ...process.env, PUENTE_HOME: home, PORT: String(port) },
    stdio: 'ignore',
  });
  try {
    for (;;) {
      const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return Math.round(performance.now() - began);
      if (server.exitCode !== null) throw new Error('the server ended before it answered: run `npm run build` first');
      await sleep(10);
    }
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => (server.exitCode === null ? server.once('exit', resolve) : resolve(undefined)));
  }
};

/** An open Puente for as long as some work takes. */
const on = async <Result>(home: string, log: (line: string) => void, work: (puente: Puente) => Promise<Result>): Promise<Result> => {
  const puente = await openPuente({ home, log });
  try {
    return await work(puente);
  } finally {
    await puente.close();
  }
};

export const mainJob: Suite = async (log, options) => {
  const home = await mkdtemp(join(tmpdir(), 'puente-bench-'));
  await chmod(home, 0o755);
  try {
    const { ratios, figures } = await on(join(home, 'commands'), log, (puente) => commandsAgainstRows(puente, log, options));
    const cohort = join(home, 'cohort');
    const measured = await on(cohort, log, async (puente) => {
      for (const defining of definitions) await importInto(puente, defining);
      const imported = await milliseconds(() => importInto(puente, file));
      return {
        imported,
        again: await milliseconds(() => importInto(puente, file)),
        projected: await milliseconds(async () => {
          for (const { name } of readModels) await puente.runner.rebuild(name);
        }),
        reported: await milliseconds(() => new Reports(puente.pool, puente.store).make({ language: 'en' })),
        events: await puente.store.head(),
      };
    });
    return {
      suite: 'main-job',
      ratios,
      figures: [
        ...figures,
        { name: `import of the cohort (${measured.events} events)`, value: measured.imported, unit: 'ms' },
        { name: 'import of the same file again', value: measured.again, unit: 'ms' },
        { name: 'read models rebuilt one by one', value: measured.projected, unit: 'ms' },
        { name: 'report of all indicators', value: measured.reported, unit: 'ms' },
        { name: 'start-up to first answer', value: await startUp(cohort), unit: 'ms' },
      ],
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};
