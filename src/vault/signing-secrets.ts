import type { Pool } from 'pg';
import { v4 } from 'uuid';
import type { Sources } from './keys';
import { open, seal } from './seal';

const nonceBytes = 12;

/** A secret that deliveries of a subscription are signed with; what it is stays here. */
export interface KeptSecret {
  readonly id: string;
  /** What receivers verify with, where that is no secret. */
  readonly publicKey?: string;
  readonly keptAt: string;
  /** From when on nothing is signed with it any more; absent where another has not taken its place. */
  readonly retiresAt?: string;
}
interface Row {
  readonly id: string;
  readonly sealed: Buffer;
  readonly public_key: string | null;
  readonly kept_at: Date;
  readonly retires_at: Date | null;
}

/** What deliveries are signed with, sealed under the master key: it has to be known whenever something is sent. */
export class SigningSecrets {
  constructor(
    private readonly pool: Pool,
    private readonly key: Buffer,
    private readonly sources: Sources,
  ) {}

  /** Takes the place of the one before, with which is signed too until it retires. @param overlap milliseconds */
  async rotate(subscription: string, secret: string, publicKey: string | undefined, overlap: number): Promise<KeptSecret> {
    const id = v4({ random: this.sources.randomBytes(16) });
    const now = this.sources.now();
    const sealed = seal(this.key, this.sources.randomBytes(nonceBytes), `signing secret ${id} of ${subscription}`, Buffer.from(secret));
    await this.pool.query(
      `with former as (
         update vault.signing_secret set retires_at = least(retires_at, $6) where subscription = $2 and (retires_at is null or retires_at > $6)
       ) insert into vault.signing_secret (id, subscription, sealed, public_key, kept_at) values ($1, $2, $3, $4, $5)`,
      [id, subscription, sealed, publicKey ?? null, now, new Date(now.getTime() + overlap)],
    );
    return { id, keptAt: now.toISOString(), ...(publicKey !== undefined && { publicKey }) };
  }

  /** Those that are signed with now, the newest first. */
  async list(subscription: string): Promise<readonly KeptSecret[]> {
    return (await this.rows(subscription)).map(({ id, public_key: publicKey, kept_at: keptAt, retires_at: retiresAt }) => ({
      id,
      ...(publicKey !== null && { publicKey }),
      keptAt: keptAt.toISOString(),
      ...(retiresAt && { retiresAt: retiresAt.toISOString() }),
    }));
  }

  /** As text, the newest first. @throws Tampered */
  async reveal(subscription: string): Promise<readonly string[]> {
    return (await this.rows(subscription)).map(({ id, sealed }) =>
      open(this.key, `signing secret ${id} of ${subscription}`, sealed).toString(),
    );
  }

  private async rows(subscription: string): Promise<readonly Row[]> {
    const { rows } = await this.pool.query<Row>(
      `select id, sealed, public_key, kept_at, retires_at from vault.signing_secret
       where subscription = $1 and (retires_at is null or retires_at > $2) order by kept_at desc, id`,
      [subscription, this.sources.now()],
    );
    return rows;
  }
}
