import type { Pool } from 'pg';
import { askedOfEach, type Axes, type Stood, stoodAt } from '../engine/as-of';
import { cursorAs, type Page, pageOf } from '../engine/page';
import type { Streams } from '../engine/streams';
import { pairing } from '../lifecycles/pairing';
import type { Pairing } from '../lifecycles/pairing-parts';
import { idOf, streamOf } from '../store/port';
import type { BoardQuestion } from './board';
import { type BoardEntry, entriesOf } from './board-entry';
import { type BoardPairing, boardPairingIn } from './board-row';
import { NamesAsOf } from './names-as-of';

type Narrowing = Pick<BoardQuestion, 'phase' | 'call' | 'party' | 'nextStep'>;
export type BoardAsOfQuestion = Narrowing & Pick<BoardQuestion, 'after' | 'limit' | 'language'> & { readonly axes: Axes };

/** A pairing, and the events that say so. */
interface Told {
  readonly id: string;
  readonly entry: BoardEntry;
  readonly stood: Stood;
}

/** The board as it stood: each pairing from its events, as the day and the position cut them. */
export class BoardAsOf {
  constructor(
    private readonly pool: Pool,
    private readonly streams: Pick<Streams, 'history' | 'rules'>,
  ) {}

  /**
   * Looks at as many pairings as a page may hold, in the order of their ids, and tells those that were there and match as they stood:
   * a page can be shorter than its limit, or empty, and have a next.
   */
  async page({ after, limit, language, axes, ...narrowing }: BoardAsOfQuestion): Promise<Page<Told>> {
    const [cursor = ''] = cursorAs(/^(.+)$/, after) ?? [];
    const { rows } = await this.pool.query<{ stream: string }>(
      `select stream from reading.timeline where stream > $1 and stream < $2 and revision = 0 and position <= $3 order by stream limit $4`,
      [streamOf(pairing.name, cursor), `${pairing.name}.`, String(axes.position), limit + 1],
    );
    const { items, ...rest } = pageOf(rows, limit, ({ stream }) => idOf(stream));
    const stood = await askedOfEach(items, ({ stream }) => this.pairing(idOf(stream), axes));
    const found = stood.flatMap(({ shown, stood }) => (shown && matches(shown, narrowing) ? [{ shown, stood }] : []));
    const entry = await entriesOf(
      new NamesAsOf(this.streams, axes.position),
      found.map(({ shown }) => shown),
      { language, on: axes.asOf },
    );
    return { items: found.map(({ shown, stood }) => ({ id: shown.id, entry: entry(shown), stood })), ...rest };
  }

  private async pairing(id: string, axes: Axes): Promise<{ readonly stood: Stood; readonly shown: BoardPairing | undefined }> {
    const stood = await stoodAt(this.streams, pairing, id, axes);
    return { stood, shown: boardPairingIn(id, stood.folded.state as Pairing, stood.standing, this.streams.rules.book) };
  }
}

const matches = ({ phase, call, sides, nextStep }: BoardPairing, asked: Narrowing): boolean =>
  [
    asked.phase === undefined || asked.phase === phase,
    asked.call === undefined || asked.call === call,
    asked.party === undefined || sides.some(({ parties }) => parties.includes(asked.party!)),
    asked.nextStep === undefined || asked.nextStep === nextStep?.step,
  ].every(Boolean);
