import { createCipheriv, createDecipheriv } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;

/** Something stored is not what was stored: a changed row, a row moved to another id, or another master key. */
export class Tampered extends Error {}

/**
 * AES-256-GCM.
 *
 * @param key 32 bytes
 * @param nonce 12 bytes, never used twice with one key
 * @param boundTo what the result belongs to; opening it as anything else fails
 * @returns nonce (12 bytes), tag (16 bytes), ciphertext
 */
export function seal(key: Buffer, nonce: Buffer, boundTo: string, plain: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** @throws Tampered when `sealed` was not made by `seal` with this key and `boundTo` */
export function open(key: Buffer, boundTo: string, sealed: Buffer): Buffer {
  if (sealed.length < nonceBytes + tagBytes) throw new Tampered(`${boundTo} is cut short`);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch {
    throw new Tampered(`${boundTo} was changed, moved, or sealed with another key`);
  }
}
