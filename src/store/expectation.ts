import { WrongRevision, type Expected } from './port';

/**
 * What an append has to do to a stream that is held in memory: write, or answer as the first time because the same events stand at
 * those revisions already.
 *
 * @param stand the stream's last revision, -1 when it has no event
 * @param idAt id of the event at a revision
 * @throws WrongRevision when neither is right
 */
export function meet(
  stream: string,
  expected: Expected,
  ids: readonly string[],
  stand: number,
  idAt: (revision: number) => string | undefined,
): 'write' | 'repeated' {
  const actual = stand < 0 ? 'none' : stand;
  if (expected === 'any' || expected === actual || (expected === 'exists' && stand >= 0)) return 'write';
  if (expected === 'exists') throw new WrongRevision(stream, expected, actual);
  const before = expected === 'none' ? -1 : expected;
  if (ids.every((id, index) => idAt(before + 1 + index) === id)) return 'repeated';
  throw new WrongRevision(stream, expected, actual);
}
