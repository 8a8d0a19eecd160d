import { masterOf, seeded } from '../../test/vault/seeded';
import { KeyRing } from './keys';
import { BadMasterKey } from './master-key';
import { Tampered } from './seal';

const ring = (master = 'one', seed = 'chance') => new KeyRing(masterOf(master), seeded(seed).randomBytes);

describe('a key ring', () => {
  it('opens what it sealed, also after a restart with the same master key', () => {
    const item = ring().seal('person', 'p', Buffer.from('Ana'));
    expect(ring('one', 'other chance').open('person', 'p', item).toString()).toBe('Ana');
  });

  it('gives every item a key of its own', () => {
    const keys = ring();
    const one = keys.seal('text', 'a', Buffer.from('same'));
    const two = keys.seal('text', 'a', Buffer.from('same'));
    expect(() => keys.open('text', 'a', { wrapped: one.wrapped, sealed: two.sealed })).toThrow(Tampered);
  });

  it('binds an item to its kind and id', () => {
    const keys = ring();
    const item = keys.seal('text', 'a', Buffer.from('words'));
    expect(() => keys.open('text', 'b', item)).toThrow('key of text b was changed, moved, or sealed with another key');
    expect(() => keys.open('person', 'a', item)).toThrow(Tampered);
  });

  it('opens nothing of another master key', () => {
    const item = ring().seal('text', 'a', Buffer.from('words'));
    expect(() => ring('two').open('text', 'a', item)).toThrow(Tampered);
  });

  it('looks up by the master key and by every part', () => {
    const lookups = [
      ring().lookupOfText('pairing-a', 'b'),
      ring('two').lookupOfText('pairing-a', 'b'),
      ring().lookupOfText('pairing-', 'ab'),
      ring().lookupOfText('pairing-a', 'B'),
      ring().lookupOfSubject('pairing-a', 'b'),
    ].map((lookup) => lookup.toString('hex'));
    expect(new Set(lookups).size).toBe(lookups.length);
    expect(ring('one', 'other chance').lookupOfText('pairing-a', 'b').toString('hex')).toBe(lookups[0]);
  });

  it('derives a key for each purpose', () => {
    const keys = ring();
    expect(keys.commandHash.equals(keys.fingerprint)).toBe(false);
    expect(keys.fingerprint.equals(ring('two').fingerprint)).toBe(false);
    expect(keys.fingerprint.equals(ring('one', 'other chance').fingerprint)).toBe(true);
  });

  it('is made of 32 bytes and nothing else', () => {
    expect(() => new KeyRing(Buffer.alloc(16), seeded('x').randomBytes)).toThrow(BadMasterKey);
  });
});
