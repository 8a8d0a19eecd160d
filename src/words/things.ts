import type { lifecycles } from '../lifecycles/all';
import type { Language } from './say';

/** What has an id of its own: a stream of each lifecycle, and what stands outside events. */
export type Thing = keyof typeof lifecycles | 'person' | 'actor' | 'measure' | 'dimension' | 'text' | 'document';

/** What things are called in a sentence that names one by its id, with the article where the language asks for it. */
export const things: Readonly<Record<Language, Readonly<Record<Thing, string>>>> = {
  en: {
    ruleSet: 'rule set',
    party: 'party',
    programme: 'programme',
    call: 'call',
    application: 'application',
    pairing: 'pairing',
    dataSet: 'data set',
    indicator: 'indicator',
    claim: 'claim',
    measure: 'measure',
    dimension: 'dimension',
    person: 'person',
    actor: 'account',
    text: 'text',
    document: 'document',
  },
  es: {
    ruleSet: 'el conjunto de reglas',
    party: 'la parte',
    programme: 'el programa',
    call: 'la convocatoria',
    application: 'la solicitud',
    pairing: 'el emparejamiento',
    dataSet: 'el conjunto de datos',
    indicator: 'el indicador',
    claim: 'la cifra publicada',
    measure: 'la medida',
    dimension: 'la dimensión',
    person: 'la persona',
    actor: 'la cuenta',
    text: 'el texto',
    document: 'el documento',
  },
  pt: {
    ruleSet: 'o conjunto de regras',
    party: 'a entidade',
    programme: 'o programa',
    call: 'a convocatória',
    application: 'a candidatura',
    pairing: 'a parceria',
    dataSet: 'o conjunto de dados',
    indicator: 'o indicador',
    claim: 'o número publicado',
    measure: 'a medida',
    dimension: 'a dimensão',
    person: 'a pessoa',
    actor: 'a conta',
    text: 'o texto',
    document: 'o documento',
  },
};
