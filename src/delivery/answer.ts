import type { Dispatcher } from 'undici';

const keptHeaders = ['retry-after', 'webhook-allowed-origin', 'webhook-allowed-rate'] as const;

/** What a receiver answered. Its status decides, whatever became of the body. */
export interface Received {
  readonly status: number;
  /** Those of `retry-after`, `webhook-allowed-origin` and `webhook-allowed-rate` that there are, each of at most 200 characters. */
  readonly headers: Readonly<Partial<Record<(typeof keptHeaders)[number], string>>>;
  /**
   * The first 1,000 characters of the body, of what came of it, for people to read: text without control characters, and empty where the
   * body is packed, since nothing is unpacked.
   */
  readonly excerpt: string;
  /** The end of the body was not seen: it was too long, too slow, or broke off. */
  readonly truncated: boolean;
}

const mostExcerpt = 1_000;
const mostHeader = 200;
/** As many characters of UTF-8 as are shown, and line ends of two. */
const excerptBytes = mostExcerpt * 8;

/**
 * Text from outside as it can be stored, logged and shown: at most so many characters, and `�` in place of what is none or what would
 * change how the rest is shown, but for tabs and line ends.
 */
export const printable = (text: string, most: number): string =>
  Array.from(text.slice(0, most * 4).replaceAll('\r\n', '\n'))
    .slice(0, most)
    .map((character) => (/[\p{C}\p{Zl}\p{Zp}]/u.test(character) && !/[\t\n]/.test(character) ? '\u{FFFD}' : character))
    .join('');

const first = (value: string | readonly string[] | undefined): string | undefined => (typeof value === 'object' ? value[0] : value);

/** What of a body comes within `mostBytes`; the connection ends where it is not all. Never fails: what broke off was truncated. */
const beginning = async (body: Dispatcher.ResponseData['body'], mostBytes: number) => {
  const chunks: Buffer[] = [];
  let length = 0;
  // A body that is left unread says so, to nobody.
  body.on('error', () => undefined);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > mostBytes) return { bytes: Buffer.concat(chunks), truncated: true };
    }
    return { bytes: Buffer.concat(chunks), truncated: false };
  } catch {
    return { bytes: Buffer.concat(chunks), truncated: true };
  }
};

/** Reads an answer whose status and headers have come. */
export const received = async ({ statusCode, headers, body }: Dispatcher.ResponseData, mostBytes: number): Promise<Received> => {
  const { bytes, truncated } = await beginning(body, mostBytes);
  const isPlain = (first(headers['content-encoding']) ?? 'identity').toLowerCase() === 'identity';
  return {
    status: statusCode,
    headers: Object.fromEntries(
      keptHeaders.flatMap((name) => {
        const value = first(headers[name]);
        return value === undefined ? [] : [[name, printable(value, mostHeader)]];
      }),
    ),
    excerpt: isPlain ? printable(new TextDecoder().decode(bytes.subarray(0, excerptBytes)), mostExcerpt) : '',
    truncated,
  };
};
