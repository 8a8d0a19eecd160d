import { createHmac } from 'node:crypto';
import canonicalize from 'canonicalize';

const deepest = 100;

/** A body nested more than 100 levels deep, which no command is. */
export class TooDeep extends Error {}

/** As many levels are looked at and no more: a small body can be nested deep enough to exhaust the stack. */
const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1)));

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
  if (isDeeper(body, deepest)) throw new TooDeep(`a body may be nested ${deepest} levels deep`);
  return createHmac('sha256', key)
    .update(canonicalize(body) ?? '')
    .digest('hex');
}
