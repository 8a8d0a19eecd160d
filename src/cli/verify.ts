import { storedFrom } from '../engine/streams';
import { problemWith } from '../engine/shapes';
import { unsupported } from '../kernel/history';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { lifecycles } from '../lifecycles/all';
import type { Puente, Settings } from '../puente';
import { idOf, kindOf, nameOf, type Recorded } from '../store/port';
import { type Check, tellChecks } from './checks';
import { opened } from './opened';
import { verifyDocuments } from './verify-documents';

const page = 1_000;

/** The log, event by event: what must hold whatever was recorded. */
export const verifyLog = async ({ store, rules }: Pick<Puente, 'store' | 'rules'>): Promise<readonly Check[]> => {
  const streams = new Map<string, Recorded[]>();
  const order: string[] = [];
  const times: string[] = [];
  const shapes: string[] = [];
  let events = 0;
  let last: Recorded | undefined;
  for (let after = 0n; ;) {
    const read = await store.readAll(after, page);
    for (const event of read) {
      const stream = streams.get(event.stream) ?? [];
      if (event.revision !== stream.length || (last && event.position <= last.position)) order.push(nameOf(event));
      if (last && event.recordedAt < last.recordedAt) times.push(nameOf(event));
      const problem = problemWith(event.type, event.data);
      if (problem !== undefined) shapes.push(`${nameOf(event)}: ${problem}`);
      stream.push(event);
      streams.set(event.stream, stream);
      last = event;
      events += 1;
    }
    if (read.length < page) break;
    after = last!.position;
  }
  const rested: string[] = [];
  for (const [stream, recorded] of streams) {
    const of = (lifecycles as Readonly<Record<string, AnyLifecycle>>)[kindOf(stream)];
    if (!of) {
      rested.push(`${stream}: there is no lifecycle ${kindOf(stream)} for ${idOf(stream)}`);
      continue;
    }
    const history = recorded.map(storedFrom);
    for (const { revision, type, gate } of unsupported(of, history, await rules.loadFor(history)))
      rested.push(`${nameOf({ stream, revision })}: ${type} lacks what ${gate === undefined ? 'its part' : `the gate ${gate}`} asks for`);
  }
  const check = (name: string, runs: number, failures: readonly string[]): Check => ({ name, runs, failures, seed: null });
  return [
    check('revisions and positions rise without gaps or repeats in every stream', events, order),
    check('the time of recording never falls', events, times),
    check('every event has the shape of its type', events, shapes),
    check('every fact in force has what it needs, or passed by a waiver', streams.size, rested),
  ];
};

/** @returns the exit code: 1 when something does not hold */
export const verify = ({ settings, format }: { readonly settings: Settings; readonly format: 'table' | 'json' }): Promise<0 | 1> =>
  opened(settings, async (puente) =>
    tellChecks([...(await verifyLog(puente)), ...(await verifyDocuments(puente.store, puente.vault.documents))], format),
  );
