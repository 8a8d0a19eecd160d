import type { Pool } from 'pg';
import { party } from '../lifecycles/party';
import { nameOf } from '../parts/party-identity';
import type { Migration } from '../store/migrate';
import { pageById } from './by-id';
import { mergedParties, partiesWithMerges, resolveRoots, rootOf } from './merged-parties';
import { type Page, type Paging, shownAs } from '../engine/page';
import { rowsPerStream, stateOf, type Table } from './rows-per-stream';
import type { ReadModel, Touched } from '../engine/read-model';
import type { RuleBook } from '../kernel/rules';
import { plainWords } from './plain-words';
import type { PartyNames } from './sentences';

export const partiesMigration: Migration = {
  name: 'reading-3-parties',
  sql: `
    create schema if not exists reading;
    create table reading.parties (
      stream text collate "C" primary key,
      id text collate "C" not null unique,
      name text not null,
      kind text collate "C" not null,
      shown jsonb not null
    );
    create index parties_by_kind on reading.parties (kind, id);

    -- Each word of a party's names in small letters without accents.
    create table reading.party_words (
      stream text collate "C" not null,
      word text collate "C" not null,
      id text collate "C" not null,
      primary key (word, id)
    );
    create index party_words_by_stream on reading.party_words (stream);
  `,
};

export interface PartyEntry {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly countries: readonly string[];
  readonly aliases: readonly string[];
  /** Names it had before. */
  readonly formerly: readonly string[];
  /** The latest. */
  readonly population?: { readonly population: number; readonly year: number };
  readonly members: readonly { readonly municipality: string; readonly name: string }[];
  readonly representative?: string;
  /** The party that it is a second registration of, and counts as. */
  readonly mergedInto?: string;
  /** Its other registrations, which were merged into it. */
  readonly alsoRegisteredAs: readonly { readonly id: string; readonly name: string }[];
}
/** What follows from the events of the party alone. */
type KeptParty = Omit<PartyEntry, 'mergedInto' | 'alsoRegisteredAs'>;
interface Row {
  readonly shown: KeptParty;
  readonly merged_into: string | null;
  readonly also_registered_as: PartyEntry['alsoRegisteredAs'] | null;
}
const shownWith = ({ shown, merged_into, also_registered_as }: Row): PartyEntry => ({
  ...shown,
  ...(merged_into !== null && { mergedInto: merged_into }),
  alsoRegisteredAs: also_registered_as ?? [],
});

const entryOf = (touched: Touched, book: RuleBook): KeptParty | undefined => {
  const { identity } = stateOf(party, touched, book);
  if (identity.phase === 'absent') return undefined;
  const { registration, renamed, aliases, populations } = identity;
  const name = nameOf(identity);
  const latest = populations.at(-1);
  return {
    id: touched.id,
    name,
    kind: registration.kind,
    countries: registration.countries,
    aliases,
    formerly: [...new Set([registration.name, ...renamed.map((each) => each.name)])].filter((each) => each !== name),
    ...(latest && { population: { population: latest.population, year: latest.year } }),
    members: registration.members ?? [],
    ...(registration.representative === undefined ? {} : { representative: registration.representative }),
  };
};

const rows: Table = {
  name: 'reading.parties',
  kinds: [party.name],
  rows: (touched, book) => {
    const shown = entryOf(touched, book);
    return shown ? [{ stream: touched.stream, id: shown.id, name: shown.name, kind: shown.kind, shown }] : [];
  },
};
const words: Table = {
  name: 'reading.party_words',
  kinds: [party.name],
  rows: (touched, book) => {
    const shown = entryOf(touched, book);
    if (!shown) return [];
    const names = [shown.name, ...shown.aliases, ...shown.formerly, ...shown.members.map(({ name }) => name)];
    return plainWords(names.join(' ')).map((word) => ({ stream: touched.stream, word, id: shown.id }));
  },
};

const tables = rowsPerStream('parties', [rows, words, mergedParties]);
/** Who takes part: by id, by kind, by any of its names, those of its other registrations among them. */
export const partiesModel: ReadModel = {
  ...tables,
  compared: { [mergedParties.name]: { together: ['root'] } },
  apply: async (batch, transaction) => {
    await tables.apply(batch, transaction);
    await resolveRoots(batch, transaction);
  },
};

export interface PartiesQuestion extends Paging {
  readonly kind?: string;
  /** Words, or their beginnings, of any of its names; accents and case do not matter. */
  readonly search?: string;
  /** `true`: also those that were merged into another, each beside the one that it counts as. */
  readonly merged?: string;
}

/** A name of another registration finds that and the party it counts as. */
const ofThatName = `p.id in (select unnest(array[w.id, ${rootOf('w.id')}]) from reading.party_words w where w.word ^@ ?)`;

/** The register of parties. */
export class Parties implements PartyNames {
  constructor(private readonly pool: Pool) {}

  async page({ kind, search = '', merged, ...paging }: PartiesQuestion): Promise<Page<PartyEntry>> {
    const searched = plainWords(search);
    if (searched.length === 0 && search.trim() !== '') return { items: [] };
    const found = await pageById<Row>(
      this.pool,
      partiesWithMerges,
      paging,
      [
        ['p.kind = ?', kind],
        ...searched.map((word) => [ofThatName, word] as const),
        [`(${rootOf('p.id')} is null or ?)`, merged === 'true'],
      ],
      'p.id',
    );
    return shownAs(found, shownWith);
  }

  async one(id: string): Promise<PartyEntry | undefined> {
    const { rows } = await this.pool.query<Row>(`${partiesWithMerges} where p.id = $1`, [id]);
    return rows[0] && shownWith(rows[0]);
  }

  async named(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const { rows } = await this.pool.query<{ id: string; name: string }>('select id, name from reading.parties where id = any($1)', [ids]);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
