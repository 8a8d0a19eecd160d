import { masterOf } from '../../test/vault/seeded';
import { commandHash, TooDeep } from './command-hash';

const key = masterOf('hash');
const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;

describe('the hash of a command', () => {
  it('is the same for the same JSON in another order', () => {
    const sent = { city: 'Málaga', days: [1, 2], at: { y: 1, x: null } };
    expect(commandHash(key, sent)).toBe(commandHash(key, { at: { x: null, y: 1 }, days: [1, 2], city: 'Málaga' }));
    expect(commandHash(key, sent)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs by content, by order in arrays, by type and by key', () => {
    const hashes = [{}, { a: 1 }, { a: '1' }, { a: [1, 2] }, { a: [2, 1] }, { a: null }, [], null, undefined].map((body) =>
      commandHash(key, body),
    );
    expect(new Set([...hashes, commandHash(masterOf('other'), {})]).size).toBe(hashes.length + 1);
  });

  it('does not change from release to release', () => {
    expect(commandHash(Buffer.alloc(32), { b: 1.0, a: 'é€😀' })).toBe('46be5774dec84eaa432ff43f4c36bf0daabdc24b05df391e8ed058f77c665b09');
  });

  it('refuses what is nested to exhaust the stack, however small it is', () => {
    expect(commandHash(key, nested(100))).toHaveLength(64);
    expect(() => commandHash(key, nested(101))).toThrow(TooDeep);
    expect(() => commandHash(key, nested(50_000))).toThrow(TooDeep);
  });
});
