import { createHash } from 'node:crypto';
import type { Sources } from '../../src/vault/keys';

/** Chance and time that are the same in every run: bytes follow from the seed, the clock goes one second a look. */
export function seeded(seed: string): Sources {
  let drawn = 0;
  let looks = 0;
  const block = () => createHash('sha512').update(`${seed} ${drawn++}`).digest();
  return {
    randomBytes: (size) => Buffer.concat(Array.from({ length: Math.ceil(size / 64) }, block)).subarray(0, size),
    now: () => new Date(Date.UTC(2024, 0, 1, 0, 0, looks++)),
  };
}

/** 32 bytes that follow from the seed. */
export const masterOf = (seed: string) => createHash('sha256').update(seed).digest();
