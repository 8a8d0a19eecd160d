import type { Pool } from 'pg';
import { type Axes, stoodAt } from '../engine/as-of';
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
  async page({ after, limit, language, axes, ...narrowing }: BoardAsOfQuestion): Promise<Page<BoardEntry>> {
    const [cursor = ''] = cursorAs(/^(.+)$/, after) ?? [];
    const { rows } = await this.pool.query<{ stream: string }>(
      `select stream from reading.timeline where stream > $1 and stream < $2 and revision = 0 and position <= $3 order by stream limit $4`,
      [streamOf(pairing.name, cursor), `${pairing.name}.`, String(axes.position), limit + 1],
    );
    const { items, ...rest } = pageOf(rows, limit, ({ stream }) => idOf(stream));
    const stood = await Promise.all(items.map(({ stream }) => this.pairing(idOf(stream), axes)));
    const shown = stood.flatMap((each) => (each && matches(each, narrowing) ? [each] : []));
    const entry = await entriesOf(new NamesAsOf(this.streams, axes.position), shown, { language, on: axes.asOf });
    return { items: shown.map(entry), ...rest };
  }

  private async pairing(id: string, axes: Axes): Promise<BoardPairing | undefined> {
    const { folded, standing } = await stoodAt(this.streams, pairing, id, axes);
    return boardPairingIn(id, folded.state as Pairing, standing, this.streams.rules.book);
  }
}

const matches = ({ phase, call, sides, nextStep }: BoardPairing, asked: Narrowing): boolean =>
  [
    asked.phase === undefined || asked.phase === phase,
    asked.call === undefined || asked.call === call,
    asked.party === undefined || sides.some(({ parties }) => parties.includes(asked.party!)),
    asked.nextStep === undefined || asked.nextStep === nextStep?.step,
  ].every(Boolean);
