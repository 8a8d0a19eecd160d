import type { Pool } from 'pg';
import { askable, forgetItem, type Forgotten } from './forgetting';
import type { KeyRing, Sources } from './keys';
import { Tampered } from './seal';

/** Whom a token was given to, as its issuer names them. */
export interface Subject {
  readonly is: 'subject';
  readonly issuer: string;
  readonly subject: string;
}

interface Row {
  readonly id: string;
  readonly sealed: Buffer | null;
  readonly wrapped: Buffer | null;
}

const remembered = 10_000;
const attempts = 3;

/** Who acts: events know actors by random ids, only this knows the subjects of their tokens. */
export class Actors {
  private readonly known = new Map<string, Promise<string>>();

  constructor(
    private readonly pool: Pool,
    private readonly keys: KeyRing,
    private readonly sources: Sources,
  ) {}

  /** The random id of a token's subject, made when it is first seen; calls at once, also in several processes, end with one. */
  actorFor(issuer: string, subject: string): Promise<string> {
    const lookup = this.keys.lookupOfSubject(issuer, subject);
    const name = lookup.toString('hex');
    const known = this.known.get(name);
    if (known) return known;
    const asked = this.findOrMake(lookup, issuer, subject);
    this.remember(name, asked);
    asked.catch(() => this.known.delete(name));
    return asked;
  }

  /**
   * Who an actor is.
   *
   * @throws Tampered when the row was changed since it was stored
   */
  async subjectOf(actorId: string): Promise<Subject | Forgotten | 'unknown'> {
    return (await this.find([actorId])).get(actorId.toLowerCase()) ?? 'unknown';
  }

  /**
   * Whom ids stand for, in one round trip; ids that nobody gave are absent.
   *
   * @throws Tampered when a row was changed since it was stored
   */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Subject | Forgotten>> {
    const asked = askable(ids);
    if (asked.length === 0) return new Map();
    const { rows } = await this.pool.query<Row>(
      'select a.id, a.sealed, k.wrapped from vault.actor a left join vault.key k using (id) where a.id = any($1::uuid[])',
      [asked],
    );
    return new Map(rows.map((row) => [row.id, this.read(row)]));
  }

  /**
   * Destroys what ties an actor to a subject, for good; the same subject would get a new id. Another process may go on giving
   * the old id until it starts again; nothing stored says any more whose it is.
   */
  async forget(actorId: string): Promise<'forgotten' | 'unknown'> {
    const outcome = await forgetItem(this.pool, 'actor', actorId, this.sources.now());
    this.known.clear();
    return outcome;
  }

  private read({ id, sealed, wrapped }: Row): Subject | Forgotten {
    if (!wrapped) return { is: 'forgotten' };
    if (!sealed) throw new Tampered(`actor ${id} is empty, though not forgotten`);
    const [issuer, subject] = JSON.parse(this.keys.open('actor', id, { wrapped, sealed }).toString()) as [string, string];
    return { is: 'subject', issuer, subject };
  }

  private remember(name: string, actor: Promise<string>): void {
    const oldest = this.known.keys().next();
    if (this.known.size >= remembered && !oldest.done) this.known.delete(oldest.value);
    this.known.set(name, actor);
  }

  private async findOrMake(lookup: Buffer, issuer: string, subject: string): Promise<string> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const actor = (await this.idAt(lookup)) ?? (await this.make(lookup, issuer, subject));
      if (actor) return actor;
    }
    throw new Error('an actor was found and gone again; after restoring a backup, stray keys must be dropped');
  }

  private async idAt(lookup: Buffer): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ id: string }>('select id from vault.key join vault.actor using (id) where lookup = $1', [
      lookup,
    ]);
    return rows[0]?.id;
  }

  /** Nothing when another caller was first. */
  private async make(lookup: Buffer, issuer: string, subject: string): Promise<string | undefined> {
    const id = this.keys.id();
    const { wrapped, sealed } = this.keys.seal('actor', id, Buffer.from(JSON.stringify([issuer, subject])));
    const { rowCount } = await this.pool.query(
      `with keyed as (
         insert into vault.key (id, kind, wrapped, lookup) values ($1, 'actor', $2, $3) on conflict (lookup) do nothing returning id
       )
       insert into vault.actor (id, sealed, kept_at) select id, $4, $5 from keyed`,
      [id, wrapped, lookup, sealed, this.sources.now()],
    );
    return rowCount === 0 ? undefined : id;
  }
}
