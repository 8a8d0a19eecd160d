import type { Dictionary } from './dictionary';

/** What is wrong with a field, by code; sentences follow the name of the field. */
export const portugueseFields: Dictionary['fields'] = {
  MISSING: 'falta',
  UNKNOWN_FIELD: 'não é um campo deste formulário',
  NOT_AN_OBJECT: 'deve ser um objeto',
  TOO_DEEP: 'tem demasiados níveis',
  TOO_MANY_VALUES: 'contém mais de {fields} campos num objeto, ou mais de {values} valores',
  NOT_KEEPABLE: 'contém um carácter que não pode ser guardado',
  NOT_TEXT: 'deve ser um texto',
  LENGTH: 'deve ter de {min} a {max} caracteres',
  NOT_YES_NO: 'deve ser true ou false',
  NOT_WHOLE: 'deve ser um número inteiro',
  OUT_OF_RANGE: 'deve estar entre {min} e {max}',
  NOT_ONE_OF: 'deve ser um destes: {allowed}',
  NOT_A_LIST: 'deve ser uma lista',
  LIST_LENGTH: 'deve conter de {min} a {max} valores',
  REPEATED: 'contém duas vezes o mesmo valor',
  NOT_A_SLUG: 'deve ter apenas letras minúsculas sem acento, algarismos e hífenes, no máximo 80',
  NOT_A_RULE_SET: 'deve ser um conjunto de regras, como id@versão',
  NOT_A_PERSON: 'deve ser o id de uma pessoa registada',
  NOT_A_CURRENCY: 'deve ser um código de moeda da norma ISO 4217',
  NOT_A_COUNTRY: 'deve ser um código de país da norma ISO 3166-1',
  NOT_A_DATE: 'deve ser uma data que exista: AAAA, AAAA-MM ou AAAA-MM-DD',
  NOT_A_DAY: 'deve ser um dia que exista: AAAA-MM-DD',
  NOT_A_LOCAL_TIME: 'deve ser uma hora local: AAAA-MM-DDThh:mm',
  NOT_A_TIME_ZONE: 'deve ser um fuso horário, como Europe/Brussels',
  NOT_A_CURSOR: 'deve ser o cursor de uma ligação',
};

export const portugueseEachValue: Dictionary['eachValue'] = 'cada valor {problem}';
