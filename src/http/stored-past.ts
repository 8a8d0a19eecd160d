import type { Axes, Stood } from '../engine/as-of';
import { staleIn } from '../engine/runner-parking';
import { pairing } from '../lifecycles/pairing';
import { illustrativeAsOf } from '../monitoring/known-at';
import type { Puente } from '../puente';
import { BoardAsOf } from '../reading/board-as-of';
import { NamesAsOf } from '../reading/names-as-of';
import { hidden, Sentences } from '../reading/sentences';
import { Timeline } from '../reading/timeline';
import { rowsAsOf } from '../reading/timeline-entries';
import { kindOf } from '../store/port';
import type { ListAsked, Page, TimelineAsked } from './ports';

/** What is read as it stood: from the events, cut at a position and a day; with the names that parties were known by. */
export class StoredPast {
  private readonly board: BoardAsOf;

  constructor(private readonly puente: Pick<Puente, 'pool' | 'streams' | 'vault' | 'writing'>) {
    this.board = new BoardAsOf(puente.pool, puente.streams);
  }

  async isIllustrative(stood: Pick<Stood, 'recorded' | 'history'>, { asOf, position }: Axes): Promise<boolean> {
    return (await illustrativeAsOf(this.puente.pool, importsIn(stood, asOf), position)).size > 0;
  }

  async timeline(stood: Stood, { asOf, position }: Axes, { words, ...asked }: TimelineAsked): Promise<Page> {
    const { pool, streams, vault, writing } = this.puente;
    const illustrative = await illustrativeAsOf(
      pool,
      stood.recorded.map(({ metadata }) => metadata.correlationId),
      position,
    );
    const sentences = new Sentences(Object.values(writing.lifecycles), words ? vault.texts : hidden, new NamesAsOf(streams, position));
    return new Timeline(pool, sentences).pageAsOf(stood, asOf, illustrative, asked);
  }

  async pairings(axes: Axes, { filters, ...asked }: ListAsked): Promise<Page> {
    const { pool } = this.puente;
    const [{ items, ...page }, parked] = await Promise.all([this.board.page({ ...asked, ...filters, axes }), staleIn(pool, 'timeline')]);
    const imports = new Map(items.map(({ id, stood }) => [id, importsIn(stood, axes.asOf)]));
    const illustrative = await illustrativeAsOf(pool, [...imports.values()].flat(), axes.position);
    const marked = items.map(({ id, entry }) => ({
      ...entry,
      ...(imports.get(id)!.some((each) => illustrative.has(each)) && { illustrative: true }),
    }));
    return { ...page, items: marked, ...([...parked].some((stream) => kindOf(stream) === pairing.name) && { stale: true }) };
  }
}

/** The imports that what stood came with. */
const importsIn = ({ recorded, history }: Pick<Stood, 'recorded' | 'history'>, asOf: string): readonly string[] =>
  rowsAsOf(recorded, history, asOf)
    .filter(({ entry }) => entry.standing === 'in-force')
    .map(({ correlation_id }) => correlation_id);
