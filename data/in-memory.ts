import { createHash, randomUUID } from 'node:crypto';
import { rulesIn } from '../src/engine/published-rules';
import { Streams } from '../src/engine/streams';
import { Writing } from '../src/engine/writing';
import { lifecycles } from '../src/lifecycles/all';
import { MemoryStore } from '../src/store/memory';

const digest = (words: string) => createHash('sha256').update(words).digest('hex');

/** What a file is imported into to see that all of it can be: it keeps nothing but events. */
export class InMemory extends Writing {
  readonly store = new MemoryStore({ now: () => this.now() });
  readonly streams = new Streams(this.store, rulesIn(this.store));
  readonly lifecycles = lifecycles;
  readonly texts = {
    draft: (_: string, words: readonly string[]) =>
      Promise.resolve({ refs: words.map((each) => ({ text: randomUUID(), digest: digest(each) })), keep: () => Promise.resolve() }),
  };
  readonly people = { find: () => Promise.resolve(new Map<string, never>()) };
  readonly actors = { find: () => Promise.resolve(new Map<string, never>()) };
  readonly documents = { describe: () => Promise.resolve(new Map<string, never>()) };
  readonly hash = (body: unknown) => digest(JSON.stringify(body));
  readonly newId = randomUUID;
  readonly pause = () => Promise.resolve();

  constructor(readonly now: () => Date) {
    super();
  }
}
