import type { Outcome } from '../engine/doer-giving';
import { type Demand, demandNamed, nameOfDemand, stuck } from '../engine/doer-status';
import { dropDemand, retryAllDemands, retryDemand } from '../engine/doer-stuck';
import type { Puente, Settings } from '../puente';
import { onBus } from './on-bus';
import { opened } from './opened';
import { dropParked, notWaiting, oneLine, print, retryParked, why } from './parked';

/** A line for the terminal, and whether something is not as it was wished. */
interface Told {
  readonly line: string;
  readonly code: 0 | 1;
}
/** What is to be tried again: a read model, or one of its streams; what a policy or the calendar demands, by its name; all where nothing is named. */
interface Wanted {
  readonly what?: string | undefined;
  readonly stream?: string | undefined;
}

const noSuchDemand = (demand: Demand): Told => ({ line: `${nameOfDemand(demand)} is neither failed nor refused nor given up`, code: 1 });

const inReadModels = async ({ runner }: Puente): Promise<readonly string[]> => [
  ...new Set((await runner.parked()).filter((each) => each.droppedBecause === undefined).map(({ readModel }) => readModel)),
];

/** Of an open Puente. */
export const retried = async ({ what, stream }: Wanted, puente: Puente): Promise<readonly Told[]> => {
  const { pool, runner } = puente;
  const demand = what === undefined ? undefined : demandNamed(what);
  if (demand)
    return (await retryDemand(pool, demand))
      ? [{ line: `${what} is done within seconds, where a server runs`, code: 0 }]
      : [noSuchDemand(demand)];
  if (what !== undefined) return [await retryParked(runner, what, stream)];
  const told: Told[] = [];
  for (const readModel of await inReadModels(puente)) told.push(await retryParked(runner, readModel));
  const asked = await retryAllDemands(pool, new Date().toISOString().slice(0, 10));
  if (asked > 0) told.push({ line: `${asked} that policies and timers demand are done within seconds, where a server runs`, code: 0 });
  return told.length > 0 ? told : [{ line: 'nothing is parked, failed or refused', code: 0 }];
};

const wouldBe = (name: string, outcome: Outcome): Told =>
  outcome.is === 'done'
    ? { line: `${name} would be done`, code: 0 }
    : { line: oneLine(`${name} would be ${outcome.is === 'refused' ? 'refused' : 'tried in vain'}: ${why(outcome.problem)}`), code: 1 };

/** What trying again would come to, on a Puente whose commands record nothing. */
export const wouldBeRetried = async ({ what, stream }: Wanted, puente: Puente): Promise<readonly Told[]> => {
  const demand = what === undefined ? undefined : demandNamed(what);
  const told: Told[] = [];
  if (!demand)
    for (const readModel of what === undefined ? await inReadModels(puente) : [what])
      for (const each of await puente.runner.wouldRetry(readModel, stream))
        told.push(
          each.error === undefined
            ? { line: `${readModel} ${each.stream} would be taken in from revision ${each.revision} on`, code: 0 }
            : { line: oneLine(`${readModel} ${each.stream} would stay parked from revision ${each.revision} on: ${each.error}`), code: 1 },
        );
  if (demand ?? what === undefined)
    await onBus(puente, async (execute) => {
      const doer = puente.doerOn(execute);
      const undone = (await stuck(puente.pool, new Date())).filter(({ is }) => is !== 'dropped');
      const demands = demand ? [demand] : undone.map(({ name, cause, path }): Demand => ({ by: name, cause, path }));
      for (const each of demands) {
        const outcome = await doer.wouldGive(each);
        told.push(outcome ? wouldBe(nameOfDemand(each), outcome) : noSuchDemand(each));
      }
    });
  if (told.length > 0) return told;
  return stream === undefined
    ? [{ line: `nothing is parked${what === undefined ? ', failed or refused' : ` in ${what}`}`, code: 0 }]
    : [notWaiting(stream, what!)];
};

/** @returns the exit code: 1 when something was tried in vain, would be, or is not there to be tried */
export const retry = async (settings: Settings, { dryRun, ...wanted }: Wanted & { readonly dryRun: boolean }): Promise<0 | 1> => {
  const told = await opened({ ...settings, dryRun }, (puente) => (dryRun ? wouldBeRetried(wanted, puente) : retried(wanted, puente)));
  for (const { line } of told) print(line);
  return told.some(({ code }) => code === 1) ? 1 : 0;
};

/** @returns the exit code: 1 when it was neither parked nor to be done */
export const drop = async (settings: Settings, what: string, stream: string | undefined, because: string): Promise<0 | 1> => {
  const demand = demandNamed(what);
  const { line, code } = await opened(settings, async ({ runner, pool }): Promise<Told> => {
    if (!demand) return dropParked(runner, what, stream!, because);
    return (await dropDemand(pool, demand, because))
      ? { line: `${what} is given up: ${oneLine(because)}`, code: 0 }
      : { line: `${what} is not to be done`, code: 1 };
  });
  print(line);
  return code;
};
