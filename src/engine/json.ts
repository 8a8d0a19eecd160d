import { Malformed, problemAt } from './refused';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const mark = '\ufeff';

/** Nothing for bytes that are not UTF-8. */
export const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};

/** Without the byte order mark that some editors put before a text. */
export const unmarked = (text: string): string => (text.startsWith(mark) ? text.slice(mark.length) : text);

/**
 * What a JSON text holds.
 * @throws Malformed NOT_JSON at `path`; SENT_TWICE for a field that an object names twice, of which another reader may take the other
 */
export const readJson = (text: string, path: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Malformed([problemAt(path, 'NOT_JSON')]);
  }
  const twice = namedTwice(text);
  if (twice !== undefined) throw new Malformed([problemAt(twice, 'SENT_TWICE')]);
  return value;
};

/** An object or a list that is not closed yet, and where in it the reading stands. */
interface Open {
  readonly names?: Set<string>;
  at: string | number;
}

/** The path of a field that an object of a valid JSON text names twice; without recursion, since a text can be nested without end. */
const namedTwice = (json: string): string | undefined => {
  const open: Open[] = [];
  for (let i = 0; i < json.length; i += 1) {
    const inside = open.at(-1);
    switch (json.charAt(i)) {
      case '{':
        open.push({ names: new Set(), at: '' });
        break;
      case '[':
        open.push({ at: 0 });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (typeof inside?.at === 'number') inside.at += 1;
        break;
      case '"': {
        const end = endOfText(json, i);
        if (inside?.names && isFollowedByColon(json, end)) {
          inside.at = JSON.parse(json.slice(i, end + 1)) as string;
          if (inside.names.has(inside.at)) return pathOf(open);
          inside.names.add(inside.at);
        }
        i = end;
      }
    }
  }
  return undefined;
};

const pathOf = (open: readonly Open[]) =>
  open
    .map(({ at }) => at)
    .join('.')
    .slice(0, 200);

const isFollowedByColon = (json: string, end: number): boolean => {
  let next = end + 1;
  while (/\s/.test(json.charAt(next))) next += 1;
  return json[next] === ':';
};

/** Where a text that begins at a quotation mark ends. */
const endOfText = (json: string, from: number): number => {
  for (let end = json.indexOf('"', from + 1); ; end = json.indexOf('"', end + 1)) {
    let escapes = 0;
    while (json[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end;
  }
};
