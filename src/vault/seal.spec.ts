import { masterOf, seeded } from '../../test/vault/seeded';
import { open, seal, Tampered } from './seal';

const key = masterOf('a key');
const nonce = seeded('seal').randomBytes(12);
const sealed = seal(key, nonce, 'text 1', Buffer.from('the mayor is ill'));

describe('sealing', () => {
  it('gives back what was sealed', () => {
    expect(open(key, 'text 1', sealed).toString()).toBe('the mayor is ill');
    expect(open(key, 'text 1', seal(key, nonce, 'text 1', Buffer.alloc(0)))).toHaveLength(0);
  });

  it('does not show what was sealed', () => {
    expect(sealed.toString('latin1')).not.toContain('mayor');
  });

  it('refuses another key, another belonging and every changed or missing byte', () => {
    expect(() => open(masterOf('another'), 'text 1', sealed)).toThrow(Tampered);
    expect(() => open(key, 'text 2', sealed)).toThrow(Tampered);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => open(key, 'text 1', changed)).toThrow(Tampered);
      expect(() => open(key, 'text 1', sealed.subarray(0, at))).toThrow(Tampered);
    }
  });
});
