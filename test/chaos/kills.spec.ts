import { randomBytes } from 'node:crypto';
import { killLoop } from './kill-loop';

jest.setTimeout(600_000);
const cycles = Number(process.env['PUENTE_KILLS'] ?? 10);
const seed = process.env['PUENTE_SEED'] ?? randomBytes(4).toString('hex');

describe('writers, projectors and PostgreSQL, killed and frozen at any moment', () => {
  it('lose, double and reorder nothing, and read models equal those made from nothing', async () => {
    const killed = await killLoop({ cycles, seed });
    expect({ seed, failures: killed.failures }).toEqual({ seed, failures: [] });
    expect(killed.cycles).toBe(cycles);
    expect(killed.underWay).toBeGreaterThanOrEqual(0.9 * cycles);
  });
});
