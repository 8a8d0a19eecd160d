import type { Refs } from '../kernel/part';
import type { Look } from './streams';
import type { Writing } from './writing';

/**
 * What a question says that reads other streams: it is asked again with what was found, until it looks up nothing new, so that the
 * question itself stays pure.
 */
export const withElsewhere = async <Answer>(
  { lifecycles, streams }: Pick<Writing, 'lifecycles' | 'streams'>,
  sight: Look,
  ask: (refs: Refs<unknown>) => Answer,
): Promise<Answer> => {
  const seen = new Map<string, unknown>();
  let unread: { readonly kind: string; readonly id: string; readonly key: string }[] = [];
  const look = (kind: string) => (id: string) => {
    const key = `${kind}/${id}`;
    if (!seen.has(key) && !unread.some((each) => each.key === key)) unread.push({ kind, id, key });
    return seen.get(key);
  };
  const refs = Object.fromEntries(Object.keys(lifecycles).map((kind) => [kind, look(kind)]));
  for (;;) {
    const answer = ask(refs);
    if (unread.length === 0) return answer;
    for (const { kind, id, key } of unread) {
      const other = lifecycles[kind]!;
      const { folded } = await streams.look(other, id, sight);
      seen.set(key, folded.revision < 0 ? undefined : other.seen(folded.state));
      await streams.rules.load([other.rules(folded.state)]);
    }
    unread = [];
  }
};
