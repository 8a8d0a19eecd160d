import { createHmac, hkdfSync } from 'node:crypto';
import { v4 } from 'uuid';
import { masterKeyBytes, BadMasterKey } from './master-key';
import { open, seal } from './seal';

/** Where chance and time come from; `node:crypto` and the system clock outside tests. */
export interface Sources {
  readonly randomBytes: (size: number) => Buffer;
  readonly now: () => Date;
}

/** What the vault protects, each item with a key of its own. */
export type Kind = 'text' | 'person' | 'actor';

/** An item as it is stored: its key, wrapped, belongs in `vault.key`; its content, sealed, in the table of its kind. */
export interface Sealed {
  readonly wrapped: Buffer;
  readonly sealed: Buffer;
}

const keyBytes = 32;
const nonceBytes = 12;

const keyedHash = (key: Buffer, ...parts: readonly string[]) => createHmac('sha256', key).update(JSON.stringify(parts)).digest();

/** Seals items under keys of their own, wraps those by the master key, and derives the keys of hashes from it. */
export class KeyRing {
  private readonly wrapping: Buffer;
  private readonly textLookup: Buffer;
  private readonly subjectLookup: Buffer;
  /** Key of `commandHash`. */
  readonly commandHash: Buffer;
  /** Seals what deliveries are signed with. */
  readonly signing: Buffer;
  /** Tells master keys apart and says nothing about them. */
  readonly fingerprint: Buffer;

  /** @param master 32 bytes, as `loadMasterKey` gives them */
  constructor(
    master: Buffer,
    private readonly randomBytes: Sources['randomBytes'],
  ) {
    if (master.length !== masterKeyBytes) throw new BadMasterKey(`a master key has ${masterKeyBytes} bytes, not ${master.length}`);
    const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, '', `puente ${purpose}`, keyBytes));
    this.wrapping = derive('key wrapping');
    this.textLookup = derive('text lookup');
    this.subjectLookup = derive('subject lookup');
    this.commandHash = derive('command hash');
    this.signing = derive('signing of deliveries');
    this.fingerprint = derive('fingerprint');
  }

  /** A random uuid. */
  id(): string {
    return v4({ random: this.randomBytes(16) });
  }

  /** Seals an item under a new key. */
  seal(kind: Kind, id: string, plain: Buffer): Sealed {
    const key = this.randomBytes(keyBytes);
    return {
      wrapped: seal(this.wrapping, this.randomBytes(nonceBytes), `key of ${kind} ${id}`, key),
      sealed: seal(key, this.randomBytes(nonceBytes), `${kind} ${id}`, plain),
    };
  }

  /** @throws Tampered when the item is not as it was sealed, or was sealed under another master key */
  open(kind: Kind, id: string, item: Sealed): Buffer {
    return open(open(this.wrapping, `key of ${kind} ${id}`, item.wrapped), `${kind} ${id}`, item.sealed);
  }

  /** Finds words again within one stream, for whoever holds the master key. */
  lookupOfText(stream: string, words: string): Buffer {
    return keyedHash(this.textLookup, stream, words);
  }

  /** Finds the subject of a token again, for whoever holds the master key. */
  lookupOfSubject(issuer: string, subject: string): Buffer {
    return keyedHash(this.subjectLookup, issuer, subject);
  }
}
