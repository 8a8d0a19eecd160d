import type { StoredDocument, TextRef } from '../kernel/fields';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { EventStore } from '../store/port';
import type { CommandOutcome } from './measured-execute';
import type { Streams } from './streams';

/** What the handler stands on; everything that is not pure comes in here. */
export abstract class Writing {
  abstract readonly store: EventStore;
  abstract readonly streams: Streams;
  abstract readonly lifecycles: Readonly<Record<string, AnyLifecycle>>;
  abstract readonly texts: {
    draft(stream: string, words: readonly string[]): Promise<{ readonly refs: readonly TextRef[]; keep: () => Promise<void> }>;
  };
  /** Who is in the register, by id; those forgotten are known as that. */
  abstract readonly people: { find(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly is: 'person' | 'forgotten' }>> };
  /** Whose accounts there are, by id; those forgotten are known as that. */
  abstract readonly actors: { find(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly is: 'subject' | 'forgotten' }>> };
  /** What stored documents are, by digest. */
  abstract readonly documents: { describe(digests: readonly string[]): Promise<ReadonlyMap<string, StoredDocument>> };
  /** Keyed hash of a body as it was sent. */
  abstract readonly hash: (body: unknown) => string;
  abstract readonly now: () => Date;
  /** A random uuid. */
  abstract readonly newId: () => string;
  /** Told what became of each command. */
  readonly commanded?: ((outcome: CommandOutcome) => void) | undefined;
  /** Waits before the n-th repeat of something unanswered or overtaken. */
  abstract readonly pause: (attempt: number) => Promise<void>;
}
