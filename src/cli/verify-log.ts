import { unsupported } from '../kernel/history';
import type { KnownStream } from '../monitoring/recounted-facts';
import type { Puente } from '../puente';
import { idOf, kindOf, nameOf } from '../store/port';
import { type Check, checked, Found } from './checks';
import { knownStreams, lifecycleOf, readThrough } from './log-streams';

/** Told of every stream; says at the end what it found. */
export interface Visitor {
  add(known: KnownStream): void | Promise<void>;
  checks(): Promise<readonly Check[]> | readonly Check[];
}

/** Whether every fact in force has what it needs. */
export class Rested implements Visitor {
  private readonly found = new Found();

  constructor(private readonly streams: ReadonlyMap<string, number>) {}

  add({ of, stream, history, book }: KnownStream): void {
    for (const { revision, type, gate } of unsupported(of, history, book))
      this.found.add(
        `${nameOf({ stream, revision })}: ${type} lacks what ${gate === undefined ? 'its part' : `the gate ${gate}`} asks for`,
      );
  }

  cannotBeFollowed({ stream }: KnownStream, error: unknown): void {
    this.found.add(`${stream}: its events cannot be followed: ${String(error)}`);
  }

  checks(): readonly Check[] {
    for (const stream of this.streams.keys())
      if (!lifecycleOf(stream)) this.found.add(`${stream}: there is no lifecycle ${kindOf(stream)} for ${idOf(stream)}`);
    return [checked('every fact in force has what it needs, or passed by a waiver', this.streams.size, this.found)];
  }
}

/** The log by itself: order, times, shapes, and what facts rest on. */
export const verifyLog = async (from: Pick<Puente, 'store' | 'rules'>): Promise<readonly Check[]> => {
  const { checks, streams } = await readThrough(from.store, 0n);
  const rested = new Rested(streams);
  for await (const known of knownStreams(from, streams.keys())) rested.add(known);
  return [...checks, ...rested.checks()];
};
