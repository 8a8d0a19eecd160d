import { setTimeout as sleep } from 'node:timers/promises';
import { AskedWrongly } from '../http/auth';
import type { Settings } from '../puente';
import { compareStores, copyStore, type Copied, OtherEvents, StoresDiffer, type WalkOptions } from '../store/copying';
import type { EventStore } from '../store/port';
import { type Opened, openPlace, type Place, placeOf } from './copy-places';
import { opened } from './opened';
import { barOf } from './progress';

export interface CopyAsked {
  readonly settings: Settings;
  readonly from: string;
  readonly to: string;
  /** Writes no event. */
  readonly verifyOnly?: boolean;
  /** Read models are filled anew from the target afterwards. */
  readonly rebuild?: boolean;
  readonly format: 'table' | 'json';
}

/** What became of it, as `--format json` prints it. */
export interface CopyResult extends Partial<Copied> {
  readonly from: string;
  readonly to: string;
  readonly same: boolean;
  /** The first event that differs, as `stream@revision`, and what is wrong with it. */
  readonly difference?: { readonly event: string; readonly what: string };
  /** The read models that were filled anew. */
  readonly rebuilt?: readonly string[];
}

/** @throws AskedWrongly where source and target are one store, or another copy has to do with one of them */
const claim = async (source: Opened, target: Opened): Promise<void> => {
  const same = new AskedWrongly(`${source.place.name} and ${target.place.name} are the same store`);
  if (source.place.is === 'eventstoredb' && target.place.is === 'eventstoredb') {
    if ((await source.target.store.epoch()) === (await target.target.store.epoch())) throw same;
    return;
  }
  if (!(await source.claim('source'))) throw new AskedWrongly(`another copy writes to ${source.place.name}`);
  if (await target.claim('target')) return;
  await source.release();
  throw (await target.claim('target')) ? same : new AskedWrongly(`another copy reads from ${target.place.name}, or writes to it`);
};

/** Read models live in one database, whichever store they are made from: a store in another PostgreSQL has read models of its own. */
const settingsOf = (settings: Settings, to: Place): Settings => {
  if (to.is === 'eventstoredb') return { ...settings, eventStoreUrl: to.url };
  if (to.url !== settings.databaseUrl)
    throw new AskedWrongly('--rebuild fills the read models in DATABASE_URL (or the embedded database), which is not the target');
  return { ...settings, eventStoreUrl: undefined };
};

/**
 * Fills anew the read models that were made from another store.
 *
 * @throws AskedWrongly while a process still brings them forward
 */
const rebuild = (settings: Settings): Promise<readonly string[]> =>
  opened(settings, async ({ pool, runner }) => {
    const { rows } = await pool.query('select from engine.lease where until > clock_timestamp()');
    if (rows.length > 0)
      throw new AskedWrongly('a process still runs on these read models: stop it first (one that was killed counts as running for 10 s)');
    const status = await runner.status();
    const outdated = status.filter(({ position }) => position === undefined).map(({ name }) => name);
    for (const name of outdated) {
      settings.log(`rebuilding ${name}`);
      await runner.rebuild(name);
    }
    await runner.catchUp();
    return outdated;
  });

const watched = async <Result>(source: EventStore, { log }: Settings, work: (options: WalkOptions) => Promise<Result>): Promise<Result> => {
  const bar = barOf('copying', 'events');
  const { isTTY } = process.stderr;
  if (isTTY) bar.start(await source.countAfter(0n), 0);
  let told = Date.now();
  try {
    return await work({
      onProgress: (events) => {
        if (isTTY) bar.update(events);
        else if (Date.now() - told > 5_000) {
          told = Date.now();
          log(`${events} events compared`);
        }
      },
      pause: async (attempt, error) => {
        log(`${error.message}: looking again`);
        await sleep(Math.min(5_000, 50 * 2 ** attempt));
      },
    });
  } finally {
    if (isTTY) bar.stop();
  }
};

/** @throws AskedWrongly; StoresDiffer is told in the result */
export const copied = async ({ settings, from, to, verifyOnly = false, rebuild: anew = false }: CopyAsked): Promise<CopyResult> => {
  const places = { from: placeOf(from), to: placeOf(to) };
  const beside = anew ? settingsOf(settings, places.to) : undefined;
  const named = { from: places.from.name, to: places.to.name };
  const result = await between(places, verifyOnly, settings, async (source, target) => {
    await claim(source, target);
    const walk = verifyOnly ? compareStores : copyStore;
    return watched(source.target.store, settings, (options) => walk(source.target.store, target.target, options));
  }).catch((error: unknown) => {
    if (error instanceof OtherEvents) throw new AskedWrongly(`${places.to.name}: ${error.message}`);
    if (error instanceof StoresDiffer) return error;
    throw error;
  });
  if (result instanceof StoresDiffer) return { ...named, same: false, difference: { event: result.event, what: result.what } };
  return { ...named, same: true, ...result, ...(beside && { rebuilt: await rebuild(beside) }) };
};

const between = async <Result>(
  { from, to }: { readonly from: Place; readonly to: Place },
  verifyOnly: boolean,
  settings: Settings,
  work: (source: Opened, target: Opened) => Promise<Result>,
): Promise<Result> => {
  const source = await openPlace(from, 'source', settings);
  try {
    const target = await openPlace(to, verifyOnly ? 'source' : 'target', settings);
    try {
      return await work(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

const inWords = ({ from, to, events, streams, copied, digest, epoch, behind, difference, rebuilt }: CopyResult): readonly string[] =>
  difference
    ? [`${from} and ${to} differ: ${difference.event} ${difference.what}`]
    : [
        `${events} events of ${streams} streams are the same in ${from} and ${to} (SHA-256 ${digest}); ${copied} were copied now`,
        `the epoch of ${to} is ${epoch}`,
        ...(behind ? [`${behind} more were recorded in ${from} meanwhile: stop whoever writes there, and run this once more`] : []),
        ...(rebuilt ? [`read models filled anew: ${rebuilt.join(', ') || 'none had to be'}`] : []),
      ];

/** @returns the exit code: 1 when the stores differ, or the source went on writing */
export const copyStores = async (asked: CopyAsked): Promise<0 | 1> => {
  const result = await copied(asked);
  process.stdout.write(asked.format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : `${inWords(result).join('\n')}\n`);
  return result.same && !result.behind ? 0 : 1;
};
