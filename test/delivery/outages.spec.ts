import { seed as drawn } from '../properties/settings';
import { outages } from './outages';

jest.setTimeout(4 * 3_600_000);
const asked = process.env['PUENTE_OUTAGES'];
const many = Number(asked ?? 8);
/** The short form runs beside others, which may keep a process from its claims for seconds. */
const claimLife = asked === undefined ? 4_000 : 1_500;
const seed = String(drawn);

describe(`deliveries through ${many} outages`, () => {
  it('lose nothing, keep the order of every stream, and repeat only what nobody can know to have arrived', async () => {
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    say(`deliveries: PUENTE_SEED=${seed} repeats it`);
    const began = Date.now();
    const { failures, events, kinds, ...figures } = await outages({ outages: many, seed, claimLife, log: say });
    say(JSON.stringify({ events, ...figures, seconds: Math.round((Date.now() - began) / 1_000), ...kinds }));
    expect({ seed, failures: failures.slice(0, 20) }).toEqual({ seed, failures: [] });
    expect(events).toBeGreaterThan(5 * many);
  });
});
