/** By how many decimals of its unit the minor unit of a currency goes (ISO 4217), where these are not two. What a locale prints is something else: pesos of Colombia without cents. */
const decimals: Readonly<Record<string, number>> = Object.fromEntries(
  [
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
    [3, 'BHD IQD JOD KWD LYD OMR TND'],
    [4, 'CLF UYW'],
  ].flatMap(([digits, codes]) =>
    String(codes)
      .split(' ')
      .map((code) => [code, Number(digits)] as const),
  ),
);

/** ISO 4217 without metals and what else has no minor unit. */
const current =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU ' +
  'CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD ' +
  'JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO ' +
  'NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT ' +
  'TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG';
/** Money was paid in them since 2015, as in the kuna of Zagreb, and may be recorded late. */
const withdrawn = 'ANG BGN BYR CUC HRK MRO SLL STD VEF ZWL';
const codes: ReadonlySet<string> = new Set(`${current} ${withdrawn}`.split(' '));

export const isCurrency = (code: string): boolean => codes.has(code);

export const decimalsOf = (currency: string): number => decimals[currency] ?? 2;

/** An amount of minor units in the unit of its currency, exactly: 1250 EUR is `12.50`. */
export const inUnits = (minor: number, currency: string): `${number}` => {
  const digits = decimalsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0 ? '-' : ''}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''}` as `${number}`;
};

/** A positive number as text, with up to twelve digits before its point and as many after it. */
export const decimal = /^(?=.*[1-9])(?:0|[1-9]\d{0,11})(?:\.\d{1,12})?$/;
