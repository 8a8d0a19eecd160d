import type { Pool } from 'pg';
import type { Day } from '../kernel/partial-date';
import { pairing } from '../lifecycles/pairing';
import type { Migration } from '../store/migrate';
import { type Language, say } from '../words/say';
import { mineOf } from './assignments';
import { durationsOn, type DurationsOnADay } from './board-durations';
import { boardPairing, type BoardPairing } from './board-row';
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
    const state = stateOf(pairing, touched, book);
    const last = standing.at(-1);
    const rules = pairing.rules(state);
    const shown = last && boardPairing(id, state, last, rules === undefined ? undefined : book(rules));
    if (!shown) return [];
    const { phase, call, sides, nextStep } = shown;
    return [{ stream, id, phase, call, parties: sides.flatMap(({ parties }) => parties), next_step: nextStep?.step ?? null, shown }];
  },
};

/** A row for each pairing: where it stands, and what its next step lacks. */
export const boardModel = rowsPerStream('board', [table]);

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A pairing as an officer sees it on a day. */
export interface BoardEntry extends Omit<BoardPairing, 'sides' | 'networks' | 'nextStep'>, DurationsOnADay {
  readonly sides: readonly { readonly side: string; readonly parties: readonly Named[] }[];
  readonly networks: readonly Named[];
  /** Left out where the pairing has ended. */
  readonly nextStep?: {
    readonly step: string;
    readonly label: string;
    /** What somebody has to do for it. */
    readonly toDo: InWords;
    /** What stands in the way of doing it now. */
    readonly lacks: readonly InWords[];
  };
}
interface InWords {
  readonly code: string;
  readonly sentence: string;
  readonly values: Readonly<Record<string, string | number>>;
}

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
    const names = await this.namesFor(found.items);
    return shownAs(found, ({ shown }) => this.entry(shown, names, reader));
  }

  async one(id: string, reader: Pick<BoardQuestion, 'language' | 'on'>): Promise<BoardEntry | undefined> {
    const { rows } = await this.pool.query<Pick<Row, 'shown'>>('select shown from reading.board where id = $1', [id]);
    const names = await this.namesFor(rows);
    return rows[0] && this.entry(rows[0].shown, names, reader);
  }

  private namesFor(rows: readonly Pick<Row, 'shown'>[]): Promise<ReadonlyMap<string, string>> {
    return this.names.named([
      ...new Set(rows.flatMap(({ shown }) => [...shown.sides.flatMap(({ parties }) => parties), ...shown.networks])),
    ]);
  }

  private entry(
    shown: BoardPairing,
    names: ReadonlyMap<string, string>,
    { language, on = this.today() }: Pick<BoardQuestion, 'language' | 'on'>,
  ): BoardEntry {
    const { sides, networks, nextStep, ...rest } = shown;
    const named = (id: string): Named => ({ id, name: names.get(id) ?? id });
    return {
      ...rest,
      sides: sides.map(({ side, parties }) => ({ side, parties: parties.map(named) })),
      networks: networks.map(named),
      ...(nextStep && {
        nextStep: {
          step: nextStep.step,
          label: say(language, 'words', nextStep.step),
          toDo: { ...nextStep.toDo, sentence: say(language, 'toDo', nextStep.toDo.code, nextStep.toDo.values) },
          lacks: nextStep.lacks.map(({ code, values }) => ({ code, values, sentence: say(language, 'refusals', code, values) })),
        },
      }),
      ...durationsOn(shown, on),
    };
  }
}
