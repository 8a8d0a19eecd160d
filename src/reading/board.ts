import type { Pool } from 'pg';
import type { Day } from '../kernel/partial-date';
import { pairing } from '../lifecycles/pairing';
import type { Migration } from '../store/migrate';
import type { Language } from '../words/say';
import { mineOf } from './assignments';
import { entriesOf, type BoardEntry } from './board-entry';
import { boardPairingIn, type BoardPairing } from './board-row';
import { pageById } from './by-id';
import { type Page, type Paging, shownAs } from '../engine/page';
import { rowsPerStream, stateOf, type Table } from './rows-per-stream';
import type { PartyNames } from './sentences';

export const boardMigration: Migration = {
  name: 'reading-2-board',
  sql: `
    create schema if not exists reading;
    create table reading.board (
      stream text collate "C" primary key,
      id text collate "C" not null unique,
      phase text collate "C" not null,
      call text collate "C" not null,
      parties text[] collate "C" not null,
      next_step text collate "C",
      shown jsonb not null
    );
    create index board_by_phase on reading.board (phase, id);
    create index board_by_call on reading.board (call, id);
    create index board_by_next_step on reading.board (next_step, id);
    create index board_by_party on reading.board using gin (parties);
  `,
};

/** What the board shows has changed: it is filled again. */
export const boardToDoMigration: Migration = {
  name: 'reading-9-board-to-do',
  sql: `delete from reading.board; delete from engine.checkpoint where name = 'read-model board'`,
};

interface Row {
  readonly stream: string;
  readonly id: string;
  readonly phase: string;
  readonly call: string;
  readonly parties: readonly string[];
  readonly next_step: string | null;
  readonly shown: BoardPairing;
}

const table: Table = {
  name: 'reading.board',
  kinds: [pairing.name],
  rows: (touched, book): readonly Row[] => {
    const { stream, id, standing } = touched;
    const shown = boardPairingIn(id, stateOf(pairing, touched, book), standing, book);
    if (!shown) return [];
    const { phase, call, sides, nextStep } = shown;
    return [{ stream, id, phase, call, parties: sides.flatMap(({ parties }) => parties), next_step: nextStep?.step ?? null, shown }];
  },
};

/** A row for each pairing: where it stands, and what its next step lacks. */
export const boardModel = rowsPerStream('board', [table]);

export interface BoardQuestion extends Paging {
  readonly language: Language;
  /** The day that days are counted from; today where it is left out. */
  readonly on?: Day;
  readonly phase?: string;
  readonly call?: string;
  readonly party?: string;
  readonly nextStep?: string;
  /** Only what this account is responsible for. */
  readonly mine?: string;
}

/** Pairings side by side. */
export class Board {
  constructor(
    private readonly pool: Pool,
    private readonly names: PartyNames,
    /** Today. */
    private readonly today: () => Day,
  ) {}

  async page({ after, limit, phase, call, party, nextStep, mine, ...reader }: BoardQuestion): Promise<Page<BoardEntry>> {
    const found = await pageById<Pick<Row, 'shown'>>(this.pool, 'select shown from reading.board', { after, limit }, [
      ['phase = ?', phase],
      ['call = ?', call],
      ['parties @> ?', party === undefined ? undefined : [party]],
      ['next_step = ?', nextStep],
      mineOf('pairing', mine),
    ]);
    const entry = await entriesOf(
      this.names,
      found.items.map(({ shown }) => shown),
      { on: this.today(), ...reader },
    );
    return shownAs(found, ({ shown }) => entry(shown));
  }

  async one(id: string, reader: Pick<BoardQuestion, 'language' | 'on'>): Promise<BoardEntry | undefined> {
    const { rows } = await this.pool.query<Pick<Row, 'shown'>>('select shown from reading.board where id = $1', [id]);
    if (!rows[0]) return undefined;
    const { shown } = rows[0];
    return (await entriesOf(this.names, [shown], { on: this.today(), ...reader }))(shown);
  }
}
