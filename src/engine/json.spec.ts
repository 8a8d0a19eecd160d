import { readJson, textOf, unmarked } from './json';
import { Malformed } from './refused';

const problems = (read: () => unknown) => {
  try {
    read();
    return [];
  } catch (error) {
    return (error as Malformed).fields.map(({ path, code }) => `${path} ${code}`);
  }
};

describe('JSON that was sent', () => {
  it.each([
    ['{"a":1,"b":1,"a":2}', 'a'],
    ['{"a":{"b":[{"c":1},{"c":1, "d":"x","c"\n : 2}]}}', 'a.b.1.c'],
    [String.raw`{"a":1,"\u0061":2}`, 'a'],
    [String.raw`{"\\":1,"\"}":{"x":[]},"\\":2}`, '\\'],
    ['{"a":[[1,2],{"":1,"":2}]}', 'a.1.'],
  ])('%s names a field twice', (text, path) => expect(problems(() => readJson(text, 'line'))).toEqual([`${path} SENT_TWICE`]));

  it.each(['{"a":{"a":[{"a":1},{"a":"a"}]},"b":"a"}', '{"a":"\\"a\\":","b":["a","a"],"c":"{"}', '["a","a"]', '"a"', ' {"a" : 1}\r'])(
    '%s is read',
    (text) => expect(readJson(text, 'line')).toEqual(JSON.parse(text)),
  );
  it('is read however deep it is nested', () => {
    expect(readJson(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'line')).toBeDefined();
    expect(problems(() => readJson(`${'{"a":'.repeat(50_000)}{"a":1,"a":1}${'}'.repeat(50_000)}`, 'line'))).toHaveLength(1);
  });
  it('is JSON', () => expect(problems(() => readJson('{"a":', 'line'))).toEqual(['line NOT_JSON']));
  it('is UTF-8, with a byte order mark or without', () => {
    expect(unmarked(textOf(Buffer.from('\ufeffmá'))!)).toBe('má');
    for (const bytes of [[0xff], [0xe9, 0x20], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) expect(textOf(Buffer.from(bytes))).toBeUndefined();
  });
});
