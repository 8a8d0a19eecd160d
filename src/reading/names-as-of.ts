import { askedOfEach, stoodAt } from '../engine/as-of';
import type { Streams } from '../engine/streams';
import { party } from '../lifecycles/party';
import { type Identity, nameOf } from '../parts/party-identity';
import type { PartyNames } from './sentences';

/** What parties were called, as was known at a position: read from the events of each. */
export class NamesAsOf implements PartyNames {
  constructor(
    private readonly streams: Pick<Streams, 'history' | 'rules'>,
    private readonly position: bigint,
  ) {}

  async named(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await askedOfEach(ids, async (id) => {
      const { state } = (await stoodAt(this.streams, party, id, { position: this.position })).folded;
      const identity = state['identity'] as Identity;
      return identity.phase === 'absent' ? [] : [[id, nameOf(identity)] as const];
    });
    return new Map(found.flat());
  }
}
