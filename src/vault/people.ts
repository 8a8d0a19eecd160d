import type { Pool } from 'pg';
import { validate } from 'uuid';
import { askable, forgetItem, type Forgotten } from './forgetting';
import type { KeyRing, Sources } from './keys';
import { Tampered } from './seal';

export interface Particulars {
  readonly name: string;
  /** Whatever the person is reached by: an address, a telephone number. */
  readonly contact?: string;
}

export interface Person extends Particulars {
  readonly is: 'person';
}

interface Row {
  readonly id: string;
  readonly sealed: Buffer | null;
  readonly wrapped: Buffer | null;
}

/** The register of persons: events know them by random ids, only this knows who they are. */
export class People {
  constructor(
    private readonly pool: Pool,
    private readonly keys: KeyRing,
    private readonly sources: Sources,
  ) {}

  /** @returns the new person's id, a random uuid */
  async register(person: Particulars): Promise<string> {
    const id = this.keys.id();
    const { wrapped, sealed } = this.keys.seal('person', id, written(person));
    await this.pool.query(
      `with keyed as (insert into vault.key (id, kind, wrapped) values ($1, 'person', $2))
       insert into vault.person (id, sealed, kept_at) values ($1, $3, $4)`,
      [id, wrapped, sealed, this.sources.now()],
    );
    return id;
  }

  /**
   * The persons behind ids, in one round trip; ids that nobody gave are absent.
   *
   * @throws Tampered when a row was changed since it was stored
   */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Person | Forgotten>> {
    const asked = askable(ids);
    if (asked.length === 0) return new Map();
    const { rows } = await this.pool.query<Row>(
      'select p.id, p.sealed, k.wrapped from vault.person p left join vault.key k using (id) where p.id = any($1::uuid[])',
      [asked],
    );
    return new Map(rows.map((row) => [row.id, this.read(row)]));
  }

  /** Replaces all that is known of a person. What was known before is destroyed with its key, also where copies of it are. */
  async amend(id: string, person: Particulars): Promise<'amended' | 'forgotten' | 'unknown'> {
    if (!validate(id)) return 'unknown';
    const { wrapped, sealed } = this.keys.seal('person', id.toLowerCase(), written(person));
    const { rowCount } = await this.pool.query(
      `with keyed as (update vault.key set wrapped = $2 where id = $1 and kind = 'person' returning id)
       update vault.person p set sealed = $3 from keyed where p.id = keyed.id`,
      [id, wrapped, sealed],
    );
    if (rowCount !== 0) return 'amended';
    const { rows } = await this.pool.query('select from vault.person where id = $1', [id]);
    return rows.length === 0 ? 'unknown' : 'forgotten';
  }

  /** Destroys the key of a person's particulars, for good; `unknown` when there never was such a person. */
  forget(id: string): Promise<'forgotten' | 'unknown'> {
    return forgetItem(this.pool, 'person', id, this.sources.now());
  }

  /**
   * Persons who are not forgotten, in the order of their ids.
   *
   * @param page.after id of the last person of the page before; it need not exist any more
   * @throws RangeError when `after` is not a uuid
   */
  async list(page: {
    readonly after?: string;
    readonly limit: number;
  }): Promise<readonly { readonly id: string; readonly person: Particulars }[]> {
    if (page.after !== undefined && !validate(page.after)) throw new RangeError('a page of persons begins after the id of a person');
    const { rows } = await this.pool.query<Row & { wrapped: Buffer }>(
      `select p.id, p.sealed, k.wrapped from vault.person p join vault.key k using (id)
       where $1::uuid is null or p.id > $1 order by p.id limit $2`,
      [page.after, page.limit],
    );
    return rows.map((row) => ({ id: row.id, person: this.particulars(row) }));
  }

  private read(row: Row): Person | Forgotten {
    const { wrapped } = row;
    return wrapped ? { is: 'person', ...this.particulars({ ...row, wrapped }) } : { is: 'forgotten' };
  }

  private particulars({ id, sealed, wrapped }: Row & { wrapped: Buffer }): Particulars {
    if (!sealed) throw new Tampered(`person ${id} is empty, though not forgotten`);
    return JSON.parse(this.keys.open('person', id, { wrapped, sealed }).toString()) as Particulars;
  }
}

const written = ({ name, contact }: Particulars) => Buffer.from(JSON.stringify({ name, contact }));
