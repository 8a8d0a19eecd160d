import type { Rate, Total } from './budget-lines';
import { totalIn } from './budget-totals';

const total = (currency: string, allocatedMinor: number, spentMinor = 0): Total => ({
  currency,
  allocatedMinor,
  spentMinor,
  leftMinor: allocatedMinor - spentMinor,
});
const rate = (from: string, to: string, rate: string, on = '2018-05'): Rate => ({ from, to, rate, source: 'InforEuro', on });
const pesos = rate('EUR', 'COP', '4312.57');

describe('a total across currencies', () => {
  it('needs no rate where there is one currency only', () =>
    expect(totalIn('EUR', [total('EUR', 100, 40)], [])).toEqual({ ...total('EUR', 100, 40), rates: [] }));
  it('is nothing of nothing', () => expect(totalIn('EUR', [], [pesos])).toEqual({ ...total('EUR', 0), rates: [] }));
  it('multiplies by a rate, and divides by one that was recorded the other way round', () => {
    expect(totalIn('COP', [total('EUR', 2_00)], [pesos])).toEqual({ ...total('COP', 8625_14), rates: [pesos] });
    expect(totalIn('EUR', [total('COP', 8625_14)], [pesos])).toEqual({ ...total('EUR', 2_00), rates: [pesos] });
  });
  it('knows how many decimals a currency has', () => {
    expect(totalIn('CLP', [total('EUR', 1_00)], [rate('EUR', 'CLP', '750')]).allocatedMinor).toBe(750);
    expect(totalIn('EUR', [total('CLP', 750)], [rate('EUR', 'CLP', '750')]).allocatedMinor).toBe(1_00);
    expect(totalIn('KWD', [total('COP', 100_00)], [rate('COP', 'KWD', '0.1')]).allocatedMinor).toBe(10_000);
  });
  it('takes the latest rate by its date, in whichever order and direction it was recorded', () => {
    const rates = [rate('EUR', 'COP', '4000', '2018-06'), rate('EUR', 'COP', '3000', '2018-05'), rate('USD', 'EUR', '0.8')];
    expect(totalIn('EUR', [total('COP', 4000_00)], rates)).toMatchObject({ allocatedMinor: 1_00, rates: [rates[0]] });
    const other = rate('COP', 'EUR', '0.0005', '2018-07-01');
    expect(totalIn('EUR', [total('COP', 4000_00)], [...rates, other])).toMatchObject({ allocatedMinor: 2_00, rates: [other] });
  });
  it('adds exactly, and rounds once at the end, a half up', () => {
    const thirds = [rate('EUR', 'USD', '3'), rate('EUR', 'GBP', '3')];
    expect(totalIn('EUR', [total('USD', 1), total('GBP', 1)], thirds).allocatedMinor).toBe(1);
    const halves = [rate('USD', 'EUR', '0.5')];
    expect(totalIn('EUR', [total('USD', 1)], halves).allocatedMinor).toBe(1);
    expect(totalIn('EUR', [total('USD', 1)], [rate('USD', 'EUR', '0.499999999999')]).allocatedMinor).toBe(0);
  });
  it('has left what was allocated less what was spent, as they are shown', () =>
    expect(totalIn('EUR', [total('USD', 5, 3)], [rate('USD', 'EUR', '0.5')])).toMatchObject({
      allocatedMinor: 3,
      spentMinor: 2,
      leftMinor: 1,
    }));
  it('keeps to the last cent what no float would', () =>
    expect(totalIn('EUR', [total('USD', Number.MAX_SAFE_INTEGER)], [rate('USD', 'EUR', '0.999999999999')]).allocatedMinor).toBe(
      9007199254731984,
    ));
  it('is refused where a rate is missing, naming every one', () =>
    expect(() => totalIn('EUR', [total('COP', 1), total('USD', 1), total('BRL', 1)], [pesos, rate('USD', 'COP', '3000')])).toThrow(
      expect.objectContaining({
        code: 'NO_EXCHANGE_RATE',
        detail: {
          missing: ['USD', 'BRL'].map((from) => ({ code: 'NO_EXCHANGE_RATE', values: { from, to: 'EUR' } })),
        },
      }) as Error,
    ));
  it('is refused where it would not be exact', () =>
    expect(() => totalIn('COP', [total('EUR', Number.MAX_SAFE_INTEGER)], [pesos])).toThrow('BUDGET_TOO_LARGE'));
});
