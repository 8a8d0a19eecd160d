import { given } from '../../test/given';
import { kickedOff } from '../../test/states';

const rate = { from: 'EUR', to: 'COP', rate: '4312.57', source: 'InforEuro' } as const;

describe('an exchange rate', () => {
  const recorded = kickedOff.does('RecordExchangeRate', rate, '2018-05');
  it('is recorded with who published it', () =>
    given(kickedOff).when('RecordExchangeRate', rate, '2018-05').then({ type: 'ExchangeRateRecorded', data: rate }));
  it('is recorded once for a date, and anew for another', () => {
    given(recorded).when('RecordExchangeRate', rate, '2018-05').thenNothing();
    given(recorded)
      .when('RecordExchangeRate', { ...rate, rate: '4312.58' }, '2018-05')
      .thenRefused('RATE_RECORDED_OTHERWISE');
    given(recorded)
      .when('RecordExchangeRate', { ...rate, source: 'A bank' }, '2018-05')
      .thenRefused('RATE_RECORDED_OTHERWISE');
    expect(recorded.tries('RecordExchangeRate', rate, '2018-06')).toHaveLength(1);
  });
  it('is one of two currencies', () =>
    given(kickedOff)
      .when('RecordExchangeRate', { ...rate, to: 'EUR' })
      .thenRefused('SAME_CURRENCY'));
  it.each(['0', '0.000', '-1', '1e3', '1,5', 'many', '', '1/3'])('is not %p', (nonsense) =>
    expect(() => kickedOff.tries('RecordExchangeRate', { ...rate, rate: nonsense })).toThrow(/is malformed/),
  );
});
