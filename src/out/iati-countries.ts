import type { Text } from './iati-elements';

/** In English, Spanish and Portuguese. The names that Node has differ between its versions, and the same question gives the same bytes. */
const names: Readonly<Record<string, readonly [en: string, es: string, pt: string]>> = {
  AD: ['Andorra', 'Andorra', 'Andorra'],
  AR: ['Argentina', 'Argentina', 'Argentina'],
  BO: ['Bolivia', 'Bolivia', 'Bolívia'],
  BR: ['Brazil', 'Brasil', 'Brasil'],
  CL: ['Chile', 'Chile', 'Chile'],
  CO: ['Colombia', 'Colombia', 'Colômbia'],
  CR: ['Costa Rica', 'Costa Rica', 'Costa Rica'],
  CU: ['Cuba', 'Cuba', 'Cuba'],
  DO: ['Dominican Republic', 'República Dominicana', 'República Dominicana'],
  EC: ['Ecuador', 'Ecuador', 'Equador'],
  ES: ['Spain', 'España', 'Espanha'],
  GQ: ['Equatorial Guinea', 'Guinea Ecuatorial', 'Guiné Equatorial'],
  GT: ['Guatemala', 'Guatemala', 'Guatemala'],
  HN: ['Honduras', 'Honduras', 'Honduras'],
  IT: ['Italy', 'Italia', 'Itália'],
  MX: ['Mexico', 'México', 'México'],
  NI: ['Nicaragua', 'Nicaragua', 'Nicarágua'],
  PA: ['Panama', 'Panamá', 'Panamá'],
  PE: ['Peru', 'Perú', 'Peru'],
  PH: ['Philippines', 'Filipinas', 'Filipinas'],
  PR: ['Puerto Rico', 'Puerto Rico', 'Porto Rico'],
  PT: ['Portugal', 'Portugal', 'Portugal'],
  PY: ['Paraguay', 'Paraguay', 'Paraguai'],
  SV: ['El Salvador', 'El Salvador', 'El Salvador'],
  UY: ['Uruguay', 'Uruguay', 'Uruguai'],
  VE: ['Venezuela', 'Venezuela', 'Venezuela'],
};

/** The name of a country of Ibero-America or beside it; of any other its code. */
export const countryName = (code: string): Exclude<Text, string> => {
  const [en, es, pt] = names[code] ?? [code, code, code];
  return { en, es, pt };
};
