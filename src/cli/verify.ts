import { Histories } from '../engine/runner-histories';
import { isPassing } from '../engine/runner-parking';
import { Tail } from '../engine/runner-tail';
import { recompute, type Recomputing } from '../engine/recomputing';
import { keepSelfChecks } from '../engine/self-checks';
import { lifecycles } from '../lifecycles/all';
import { everyReadModel, type Puente, type Settings, timing } from '../puente';
import { type Check, failed, tellChecks } from './checks';
import { knownStreams, readThrough } from './log-streams';
import { opened } from './opened';
import { verifyDocuments } from './verify-documents';
import { Balanced } from './verify-budgets';
import { factsKnown, RecountedFigures } from './verify-figures';
import { Rested } from './verify-log';
import { rowsChecked } from './verify-rows';

/** Checks of one thing. */
export interface CheckedThing {
  readonly name: string;
  readonly checks: readonly Check[];
}

/**
 * Everything that is kept, held against the log: the log itself, documents, every row of every read model, every figure, every budget.
 * Events may be recorded meanwhile.
 */
export const selfCheck = async (
  puente: Pick<Puente, 'pool' | 'store' | 'rules' | 'vault'>,
  paging: Pick<Recomputing, 'page' | 'between'> = {},
): Promise<readonly CheckedThing[]> => {
  const { pool, store, rules, vault } = puente;
  // Before the log is read: what facts know of it is then among what was read.
  const known = await factsKnown(puente);
  const through = await readThrough(store, known.position);
  const rested = new Rested(through.streams);
  const figures = await RecountedFigures.over(puente, through, known);
  const budgets = new Balanced(puente, known);
  for await (const stream of knownStreams(puente, through.streams.keys())) {
    try {
      for (const each of [rested, figures, budgets]) await each.add(stream);
    } catch (error) {
      if (isPassing(error)) throw error;
      rested.cannotBeFollowed(stream, error);
    }
  }
  const recomputed = await recompute({
    ...{ pool, store, rules, readModels: everyReadModel, ...paging },
    histories: new Histories(store, Object.values(lifecycles)),
    tail: new Tail(store, timing),
  });
  return [
    { name: 'log', checks: [...through.checks, ...rested.checks()] },
    { name: 'documents', checks: await verifyDocuments(store, vault.documents) },
    ...recomputed.map((each) => ({ name: each.readModel, checks: [rowsChecked(each)] })),
    { name: 'figures', checks: await figures.checks() },
    { name: 'budgets', checks: budgets.checks() },
  ];
};

const sum = (checks: readonly Check[], of: (check: Check) => number) => checks.reduce((total, check) => total + of(check), 0);

/** @returns the exit code: 1 when something does not hold */
export const verify = ({
  settings,
  format,
  now,
}: {
  readonly settings: Settings;
  readonly format: 'table' | 'json';
  readonly now: () => Date;
}): Promise<0 | 1> =>
  opened(settings, async (puente) => {
    const found = await selfCheck(puente);
    await keepSelfChecks(
      puente.pool,
      found.map(({ name, checks }) => ({ name, runs: sum(checks, ({ runs }) => runs), differences: sum(checks, failed) })),
      now(),
    );
    return tellChecks(
      found.flatMap(({ checks }) => checks),
      format,
    );
  });
