import { breaches } from './history-checker';
import type { Attempt, Glance, Heard, History, Logged, Outcome, Reader } from './history';

const second = (n: number) => `2026-01-01T00:00:0${n}.000Z`;
const logged = (position: number, stream: string, revision: number, id: string, type = 'MissionHeld'): Logged => ({
  ...{ stream, revision, id, type },
  position: String(position),
  recordedAt: second(position),
});
const told = (revision: number, position: number): Outcome => ({
  ...{ is: 'acknowledged', revision, position: String(position), recordedAt: second(position) },
});
const attempt = (
  stream: string,
  ids: string,
  expected: Attempt['expected'],
  [began, ended]: readonly [number, number],
  outcome: Outcome,
): Attempt => ({
  ...{ by: 'officer', stream, ids: Array.from(ids), expected, began, ended, outcome },
});
type Said = readonly [string, number] | number;
const heard = (...each: readonly Said[]): readonly Heard[] =>
  each.map((one) => (typeof one === 'number' ? { caughtUp: String(one) } : { id: one[0], position: String(one[1]) }));

const log = [
  logged(1, 'pairing-x', 0, 'a'),
  logged(2, 'pairing-x', 1, 'b'),
  logged(3, 'call-y', 0, 'c', 'Opened'),
  logged(4, 'pairing-x', 2, 'd', 'Ended'),
];
const reader: Reader = { name: 'all', after: '0', heard: heard(0, ['a', 1], ['b', 2], 2, ['c', 3], ['d', 4], 4) };
const glance: Glance = { name: 'page', after: '0', limit: 2, began: 9, ids: ['a', 'b'] };
const right: History = {
  log,
  attempts: [
    attempt('pairing-x', 'ab', 'none', [1, 4], told(1, 2)),
    attempt('pairing-x', 'ab', 'none', [2, 3], { is: 'unknown' }),
    attempt('pairing-x', 'z', 'none', [2, 5], { is: 'refused', actual: 1 }),
    attempt('call-y', 'c', 'any', [4.5, 5], told(0, 3)),
    attempt('pairing-x', 'd', 1, [5, 6], { is: 'unknown' }),
    attempt('pairing-x', 'a', 'none', [7, 8], told(0, 1)),
    attempt('pairing-x', 'e', 2, [7, 8], { is: 'unknown' }),
    attempt('pairing-x', 'f', 1, [7, 8], { is: 'refused', actual: 2 }),
    attempt('pairing-v', 'g', 'exists', [7, 8], { is: 'refused', actual: 'none' }),
    attempt('pairing-x', 'h', 2, [7, 8], { is: 'refused' }),
  ],
  readers: [
    reader,
    { name: 'calls', filter: { kinds: ['call'] }, after: '0', heard: heard(2, ['c', 3], 3, 4) },
    { name: 'ends', filter: { types: ['Ended'] }, after: '3', heard: heard(['d', 4]) },
    { name: 'late', after: '2', heard: heard(['c', 3]) },
  ],
  glances: [glance, { ...glance, name: 'early', limit: 10, began: 1, ids: [] }],
  promised: { dense: true, times: true },
};

const without = (place: number) => log.filter((_, index) => index !== place);
const changed = (place: number, by: Partial<Logged>) => log.map((event, index) => (index === place ? { ...event, ...by } : event));
const also = (...attempts: readonly Attempt[]): History => ({ ...right, attempts: [...right.attempts, ...attempts] });
const read = (...each: readonly Said[]): History => ({ ...right, readers: [{ ...reader, heard: heard(...each) }] });

describe('the judge of histories', () => {
  it('finds nothing wrong with a history that is right, also after it was written down', () => {
    expect(breaches(right)).toEqual([]);
    expect(breaches(JSON.parse(JSON.stringify(right)) as History)).toEqual([]);
    expect(breaches({ ...right, attempts: right.attempts.map((each) => ({ ...each, ended: undefined as never })) })).toEqual([]);
  });

  it('lets a history begin in the middle, and have gaps and times that fall where nothing else was promised', () => {
    const rest = { ...right, log: log.slice(2), from: '2', before: { 'pairing-x': 1 }, readers: [], glances: [] };
    const known = right.attempts.filter(({ ids }) => !ids.includes('a'));
    expect(breaches({ ...rest, attempts: known })).toEqual([]);
    const loose = { dense: false, times: false };
    const attempts = right.attempts.filter(({ ids }) => !ids.includes('d'));
    const far = [...log.slice(0, 3), logged(9, 'pairing-x', 2, 'd', 'Ended')];
    expect(
      breaches({
        ...right,
        log: far,
        attempts: [...attempts, attempt('pairing-x', 'd', 1, [5, 6], told(2, 9))],
        readers: [],
        promised: loose,
      }),
    ).toEqual([]);
    expect(breaches({ ...right, log: changed(2, { recordedAt: second(0) }), promised: loose })).toEqual([]);
  });

  it.each<readonly [string, History, string]>([
    [
      'a position that nobody has',
      { ...right, log: without(2), readers: [], attempts: right.attempts.filter(({ ids }) => !ids.includes('c')) },
      'nothing stands between 2 and 4',
    ],
    ['positions that do not rise', { ...right, log: [log[1]!, log[0]!, ...log.slice(2)] }, 'pairing-x@0 stands at 1, after 2'],
    ['two events at one position', { ...right, log: changed(1, { position: '1' }) }, 'pairing-x@1 stands at 1, after 1'],
    [
      'a time of recording that falls',
      { ...right, log: changed(3, { recordedAt: second(2) }) },
      `pairing-x@2 was recorded at ${second(2)}, after ${second(3)}`,
    ],
    ['a revision left out', { ...right, log: changed(3, { revision: 3 }) }, 'pairing-x@3 stands where revision 2 belongs'],
    ['two winners of one revision', { ...right, log: changed(3, { revision: 1 }) }, 'pairing-x@1 stands where revision 2 belongs'],
    ['one event twice', { ...right, log: changed(3, { id: 'b' }) }, 'pairing-x@2 stands there twice: b'],
    [
      'an acknowledged append that is not there',
      also(attempt('pairing-x', 'q', 2, [7, 8], told(3, 5))),
      'officer appending to pairing-x at 2 was acknowledged and is not there',
    ],
    [
      'an acknowledged append that is there in part',
      also(attempt('pairing-x', 'dq', 1, [7, 8], told(3, 5))),
      'officer appending to pairing-x at 1 was acknowledged and is not there',
    ],
    [
      'an append with another in its middle',
      also(attempt('pairing-x', 'bd', 0, [7, 8], told(2, 4))),
      'officer appending to pairing-x at 0 was acknowledged and is torn apart',
    ],
    [
      'an append where it was not expected',
      also(attempt('pairing-x', 'd', 0, [7, 8], told(2, 4))),
      'officer appending to pairing-x at 0 was written at 2',
    ],
    [
      'an append to a stream that did not exist yet',
      also(attempt('call-y', 'c', 'exists', [7, 8], told(0, 3))),
      'officer appending to call-y at exists was written at 0',
    ],
    [
      'a caller told another position',
      also(attempt('pairing-x', 'd', 1, [7, 8], told(2, 5))),
      `officer appending to pairing-x at 1 was told 2, 5, ${second(5)}, and stands at 2, 4, ${second(4)}`,
    ],
    [
      'a caller told another revision',
      also(attempt('pairing-x', 'd', 1, [7, 8], told(3, 4))),
      `officer appending to pairing-x at 1 was told 3, 4, ${second(4)}, and stands at 2, 4, ${second(4)}`,
    ],
    [
      'an append that was refused and is there',
      { ...right, attempts: right.attempts.map((each) => (each.ids.includes('c') ? { ...each, outcome: { is: 'refused' } } : each)) },
      'call-y@0 was refused, or written by nobody',
    ],
    [
      'an event that nobody wrote',
      { ...right, attempts: right.attempts.filter(({ ids }) => !ids.includes('d')) },
      'pairing-x@2 was refused, or written by nobody',
    ],
    [
      'an append without an answer that is there in part',
      also(attempt('pairing-x', 'dq', 1, [7, 8], { is: 'unknown' })),
      'officer appending to pairing-x at 1 was not answered and stands there in part',
    ],
    [
      'an append without an answer at another revision',
      also(attempt('pairing-x', 'd', 'none', [7, 8], { is: 'unknown' })),
      'officer appending to pairing-x at none was not answered and written at 2',
    ],
    [
      'a refusal though all was as expected',
      also(attempt('pairing-x', 'q', 2, [7, 8], { is: 'refused', actual: 2 })),
      'officer appending to pairing-x at 2 was refused though it stood at 2',
    ],
    [
      'a refusal of what takes anything',
      also(attempt('pairing-x', 'q', 'any', [7, 8], { is: 'refused', actual: 2 })),
      'officer appending to pairing-x at any was refused though it stood at 2',
    ],
    [
      'a refusal for a state that was over',
      also(attempt('pairing-x', 'q', 5, [7, 8], { is: 'refused', actual: 0 })),
      'officer appending to pairing-x at 5 was told 0 after 1 was acknowledged',
    ],
    [
      'a refusal for a state that never was',
      also(attempt('pairing-x', 'q', 5, [7, 8], { is: 'refused', actual: 4 })),
      'officer appending to pairing-x at 5 was told 4 of a stream that ends at 2',
    ],
    [
      'an append below one that was acknowledged before it began',
      {
        ...right,
        attempts: right.attempts.map((each) =>
          each.ids.includes('c')
            ? { ...each, began: 8, ended: 9 }
            : each.ids.includes('d')
              ? attempt('pairing-x', 'd', 1, [6, 7], told(2, 4))
              : each,
        ),
      },
      'call-y@0 began after pairing-x@2 was acknowledged, and stands below it',
    ],
    ['a reader that misses an event', read(['a', 1], ['c', 3]), 'all heard c at 3 where pairing-x@1 at 2 was due'],
    ['a reader that hears an event twice', read(['a', 1], ['a', 1]), 'all heard a at 1 where pairing-x@1 at 2 was due'],
    [
      'a reader that hears what is not there',
      read(['a', 1], ['b', 2], ['c', 3], ['d', 4], ['e', 5]),
      'all heard e at 5 where nothing was due',
    ],
    ['a reader that is told another position', read(['a', 2]), 'all heard a at 2 where pairing-x@0 at 1 was due'],
    [
      'a reader told that it had caught up when it had not',
      read(['a', 1], 2),
      'all was told that it had caught up to 2 without pairing-x@1',
    ],
    ['a reader whose end goes back', read(['a', 1], ['b', 2], 2, 1), 'all was told that it had caught up to 1 after 2'],
    [
      'a reader that hears what its filter leaves out',
      { ...right, readers: [{ ...reader, filter: { kinds: ['call'] } }] },
      'all heard a at 1 where call-y@0 at 3 was due',
    ],
    [
      'a reader that hears a type that it did not ask for',
      { ...right, readers: [{ ...reader, filter: { types: ['Ended'] } }] },
      'all heard a at 1 where pairing-x@2 at 4 was due',
    ],
    [
      'a reader that hears what it was past',
      { ...right, readers: [{ ...reader, after: '1', heard: heard(['a', 1]) }] },
      'all heard a at 1 where pairing-x@1 at 2 was due',
    ],
    [
      'a page without an event that was acknowledged before',
      { ...right, glances: [{ ...glance, ids: ['a'] }] },
      'page did not see pairing-x@1, which was acknowledged before',
    ],
    ['a page with a gap', { ...right, glances: [{ ...glance, ids: ['b'] }] }, 'page saw b where pairing-x@0 was due'],
    ['a page that is too long', { ...right, glances: [{ ...glance, ids: ['a', 'b', 'c'] }] }, 'page saw c where nothing was due'],
  ])('finds %s', (_, history, sentence) => expect(breaches(history)).toContain(sentence));
});
