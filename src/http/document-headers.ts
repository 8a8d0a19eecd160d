import type { Request } from 'express';
import { isMediaType, languageCodes, type MediaType, mediaTypes } from '../vault/media-types';
import { malformed, Problem } from './problems';

/**
 * What is sent, without its charset: UTF-8 where it is text.
 * @throws Problem DOCUMENT_TYPE_NOT_TAKEN, also for bytes that are packed for the way
 */
export const mediaTypeOf = (request: Request): MediaType => {
  const [, type = '', charset] = /^\s*([^\s;]+)\s*(?:;\s*charset\s*=\s*"?([\w-]+)"?\s*)?$/i.exec(request.get('content-type') ?? '') ?? [];
  const named = type.toLowerCase();
  const plain = charset === undefined || (named.startsWith('text/') && charset.toLowerCase() === 'utf-8');
  if (isMediaType(named) && plain && (request.get('content-encoding') ?? 'identity') === 'identity') return named;
  throw new Problem('DOCUMENT_TYPE_NOT_TAKEN', {
    values: { types: Object.keys(mediaTypes).join(', ') },
    headers: { Accept: Object.keys(mediaTypes).join(', ') },
  });
};

/** @throws Problem MALFORMED unless it is one language of ISO 639-1 */
export const contentLanguageOf = (request: Request): string | undefined => {
  const given = request.get('content-language');
  if (given === undefined) return undefined;
  const code = given.trim().toLowerCase();
  if (!languageCodes.includes(code)) throw malformed('Content-Language', 'NOT_A_LANGUAGE');
  return code;
};

const member = /^\s*([a-z][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):\s*$/;
const sha256In = (header: string, given: string): string => {
  const members = given.split(',').map((each) => member.exec(each));
  const [, , base64 = ''] = members.find((each) => each?.[1] === 'sha-256') ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (members.some((each) => each === null) || bytes.length !== 32) throw malformed(header, 'NOT_A_CONTENT_DIGEST');
  return bytes.toString('hex');
};

/** What the sender says the bytes have, in hex. Nothing is packed, so that content and representation are the same bytes. @throws Problem MALFORMED */
export const digestsOf = (request: Request): readonly string[] =>
  ['Content-Digest', 'Repr-Digest'].flatMap((header) => {
    const given = request.get(header);
    return given === undefined ? [] : [sha256In(header, given)];
  });

/** RFC 9530. */
export const writtenDigest = (hex: string) => `sha-256=:${Buffer.from(hex, 'hex').toString('base64')}:`;
