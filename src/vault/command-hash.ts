import { createHmac } from 'node:crypto';
import canonicalize from 'canonicalize';

const deepest = 100;

/** A body nested more than 100 levels deep, which no command is. */
export class TooDeep extends Error {}

const isNested = (value: unknown) => typeof value === 'object' && value !== null;

/** Level by level, not by recursion: a small body can be nested deep enough to exhaust the stack. */
function checkDepth(body: unknown): void {
  let level = [body].filter(isNested);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > deepest) throw new TooDeep(`a body may be nested ${deepest} levels deep`);
    level = level.flatMap((value): unknown[] => Object.values(value)).filter(isNested);
  }
}

/**
 * Keyed hash of a command as it was sent: the same for the same JSON however it was spaced and ordered, and no help in guessing
 * what it said to anyone without the key.
 *
 * @param key 32 bytes, `KeyRing.commandHash`
 * @param body parsed JSON, before defaults; `undefined` when there was no body
 * @returns HMAC-SHA-256 over the canonical form (RFC 8785), 64 hex digits
 * @throws TooDeep
 */
export function commandHash(key: Buffer, body: unknown): string {
  checkDepth(body);
  return createHmac('sha256', key)
    .update(canonicalize(body) ?? '')
    .digest('hex');
}
