import type { Dictionary } from './dictionary';

/** What is wrong with a field, by code; sentences follow the name of the field. */
export const spanishFields: Dictionary['fields'] = {
  MISSING: 'falta',
  UNKNOWN_FIELD: 'no es un campo de este formulario',
  NOT_AN_OBJECT: 'debe ser un objeto',
  TOO_DEEP: 'tiene demasiados niveles',
  TOO_MANY_VALUES: 'contiene más de {fields} campos en un objeto, o más de {values} valores',
  NOT_KEEPABLE: 'contiene un carácter que no se puede guardar',
  NOT_TEXT: 'debe ser un texto',
  LENGTH: 'debe tener de {min} a {max} caracteres',
  NOT_YES_NO: 'debe ser true o false',
  NOT_WHOLE: 'debe ser un número entero',
  OUT_OF_RANGE: 'debe estar entre {min} y {max}',
  NOT_ONE_OF: 'debe ser uno de estos: {allowed}',
  NOT_A_LIST: 'debe ser una lista',
  LIST_LENGTH: 'debe contener de {min} a {max} valores',
  REPEATED: 'contiene dos veces un mismo valor',
  NOT_A_SLUG: 'debe constar de letras minúsculas sin acento, cifras y guiones, 80 como máximo',
  NOT_A_RULE_SET: 'debe ser un conjunto de reglas, como id@versión',
  NOT_A_PERSON: 'debe ser el id de una persona registrada',
  NOT_A_CURRENCY: 'debe ser un código de moneda de la norma ISO 4217',
  NOT_A_COUNTRY: 'debe ser un código de país de la norma ISO 3166-1',
  NOT_A_DATE: 'debe ser una fecha que exista: AAAA, AAAA-MM o AAAA-MM-DD',
  NOT_A_DAY: 'debe ser un día que exista: AAAA-MM-DD',
  NOT_A_LOCAL_TIME: 'debe ser una hora local: AAAA-MM-DDThh:mm',
  NOT_A_TIME_ZONE: 'debe ser una zona horaria, como Europe/Brussels',
  NOT_A_CURSOR: 'debe ser el cursor de un enlace',
};

export const spanishEachValue: Dictionary['eachValue'] = 'cada valor {problem}';
