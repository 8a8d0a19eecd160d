import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { askable, forgetItem, type Forgotten } from './forgetting';
import type { KeyRing, Sealed, Sources } from './keys';
import { Tampered } from './seal';

/** What an event holds in place of words. */
export interface TextRef {
  /** Random uuid. */
  readonly text: string;
  /** SHA-256 over 32 random bytes and the words (UTF-8), in hex. The random bytes are destroyed with the words. */
  readonly digest: string;
}

export interface RevealedText {
  readonly is: 'text';
  readonly words: string;
}

/** Refs that can go into events, and what makes them good. */
export interface Draft {
  /** One for each of the texts, in their order. */
  readonly refs: readonly TextRef[];
  /**
   * Stores the texts that are new. Call it before the append; a text whose event is never appended does no harm. Safe to repeat.
   *
   * @throws Overtaken
   */
  readonly keep: () => Promise<void>;
}

/** Another caller kept the same words in the same stream since the draft: draft again, decide again. Nothing may refer to this draft. */
export class Overtaken extends Error {}

interface Fresh extends Sealed {
  readonly ref: TextRef;
  readonly lookup: Buffer;
}

interface Row {
  readonly id: string;
  readonly digest: string;
  readonly sealed: Buffer | null;
  readonly wrapped: Buffer | null;
  readonly lookup: Buffer | null;
}

const saltBytes = 32;
const digestOf = (salted: Buffer) => createHash('sha256').update(salted).digest('hex');

/** Words that can be forgotten, each under a key of its own. */
export class Texts {
  constructor(
    private readonly pool: Pool,
    private readonly keys: KeyRing,
    private readonly sources: Sources,
  ) {}

  /**
   * Makes refs and stores nothing. Words that already stand in `stream` get the ref they have, so that a repeated command is
   * the same fact.
   *
   * @throws Tampered when the words stand there, but their row was changed
   * @throws RangeError for lone surrogates, which could not be given back as they came
   */
  async draft(stream: string, plainTexts: readonly string[]): Promise<Draft> {
    if (plainTexts.some((words) => /\p{Surrogate}/u.test(words))) throw new RangeError('a text must be well-formed Unicode');
    const lookups = new Map(plainTexts.map((words) => [words, this.keys.lookupOfText(stream, words)]));
    const standing = await this.standing([...lookups.values()]);
    const refs = new Map<string, TextRef>();
    const fresh: Fresh[] = [];
    for (const [words, lookup] of lookups) {
      const known = standing.get(lookup.toString('hex'));
      const made = known ?? this.fresh(words, lookup);
      if ('ref' in made) fresh.push(made);
      refs.set(words, 'ref' in made ? made.ref : made);
    }
    return { refs: plainTexts.map((words) => refs.get(words)!), keep: () => this.keep(fresh) };
  }

  /**
   * The words behind refs, in one round trip; ids that nobody gave are absent.
   *
   * @throws Tampered when a row was changed since it was stored
   */
  async reveal(ids: readonly string[]): Promise<ReadonlyMap<string, RevealedText | Forgotten>> {
    const asked = askable(ids);
    if (asked.length === 0) return new Map();
    const { rows } = await this.pool.query<Row>(
      `select t.id, t.digest, t.sealed, k.wrapped from vault.text t left join vault.key k using (id) where t.id = any($1::uuid[])`,
      [asked],
    );
    return new Map(rows.map((row) => [row.id, this.revealed(row)]));
  }

  /** Destroys the key of a text, for good; `unknown` when there never was such a text. */
  forget(id: string): Promise<'forgotten' | 'unknown'> {
    return forgetItem(this.pool, 'text', id, this.sources.now());
  }

  private fresh(words: string, lookup: Buffer): Fresh {
    const salted = Buffer.concat([this.sources.randomBytes(saltBytes), Buffer.from(words)]);
    const ref = { text: this.keys.id(), digest: digestOf(salted) };
    return { ref, lookup, ...this.keys.seal('text', ref.text, salted) };
  }

  private revealed({ id, digest, sealed, wrapped }: Row): RevealedText | Forgotten {
    if (!wrapped) return { is: 'forgotten' };
    if (!sealed) throw new Tampered(`text ${id} is empty, though it was not forgotten`);
    const salted = this.keys.open('text', id, { wrapped, sealed });
    if (digestOf(salted) !== digest) throw new Tampered(`text ${id} does not have the digest that is stored with it`);
    return { is: 'text', words: salted.subarray(saltBytes).toString() };
  }

  private async standing(lookups: readonly Buffer[]): Promise<ReadonlyMap<string, TextRef>> {
    if (lookups.length === 0) return new Map();
    const { rows } = await this.pool.query<Row & { lookup: Buffer }>(
      `select t.id, t.digest, t.sealed, k.wrapped, k.lookup from vault.key k join vault.text t using (id) where k.lookup = any($1::bytea[])`,
      [lookups],
    );
    for (const row of rows) this.revealed(row);
    return new Map(rows.map(({ id, digest, lookup }) => [lookup.toString('hex'), { text: id, digest }]));
  }

  private async keep(fresh: readonly Fresh[]): Promise<void> {
    if (fresh.length === 0) return;
    // In the order of their lookups, or two callers with the same words could wait for each other.
    const { rowCount } = await this.pool.query(
      `with fresh as (
         select * from unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[], $5::bytea[]) as f (id, digest, sealed, wrapped, lookup)
       ), keyed as (
         insert into vault.key (id, kind, wrapped, lookup) select id, 'text', wrapped, lookup from fresh order by lookup
         on conflict do nothing returning id
       )
       insert into vault.text (id, digest, sealed, kept_at) select id, digest, sealed, $6 from fresh join keyed using (id)`,
      [
        fresh.map(({ ref }) => ref.text),
        fresh.map(({ ref }) => ref.digest),
        fresh.map(({ sealed }) => sealed),
        fresh.map(({ wrapped }) => wrapped),
        fresh.map(({ lookup }) => lookup),
        this.sources.now(),
      ],
    );
    if (rowCount !== fresh.length) await this.makeSureKept(fresh);
  }

  private async makeSureKept(fresh: readonly Fresh[]): Promise<void> {
    const { rows } = await this.pool.query('select id from vault.text where id = any($1::uuid[])', [fresh.map(({ ref }) => ref.text)]);
    if (rows.length !== fresh.length) throw new Overtaken('the same words were kept in the same stream by another caller');
  }
}
