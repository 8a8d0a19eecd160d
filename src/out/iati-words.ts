import { say } from '../words/say';
import { countryName } from './iati-countries';
import type { Text } from './iati-elements';

type Three = Exclude<Text, string>;

/** A word of the product in its languages. */
export const inThree = (word: Parameters<typeof say<'words'>>[2]): Three => ({
  en: say('en', 'words', word),
  es: say('es', 'words', word),
  pt: say('pt', 'words', word),
});

const pipa = {
  programme: {
    en: 'Programme of Ibero-American cooperation',
    es: 'Programa de la cooperación iberoamericana',
    pt: 'Programa da cooperação ibero-americana',
  },
  initiative: {
    en: 'Initiative of Ibero-American cooperation',
    es: 'Iniciativa de la cooperación iberoamericana',
    pt: 'Iniciativa da cooperação ibero-americana',
  },
  'affiliated-project': {
    en: 'Affiliated project of Ibero-American cooperation',
    es: 'Proyecto adscrito de la cooperación iberoamericana',
    pt: 'Projeto adstrito da cooperação ibero-americana',
  },
} as const;

/** What an export to IATI says in words. */
export const says = {
  pipa,
  government: (code: string): Three => {
    const { en, es, pt } = countryName(code);
    return { en: `Government: ${en}`, es: `Gobierno: ${es}`, pt: `Governo: ${pt}` };
  },
  pairing: (component: string): Three => ({
    en: `City-to-city cooperation: a pairing of component ${component}`,
    es: `Cooperación entre ciudades: un emparejamiento del componente ${component}`,
    pt: `Cooperação entre cidades: uma parceria da componente ${component}`,
  }),
  programme: {
    en: 'Programme of cooperation between cities and regions',
    es: 'Programa de cooperación entre ciudades y regiones',
    pt: 'Programa de cooperação entre cidades e regiões',
  },
  component: (component: string): Three => ({
    en: `Component ${component} of the programme`,
    es: `Componente ${component} del programa`,
    pt: `Componente ${component} do programa`,
  }),
  rough: (on: string): Three => ({
    en: `Known only as ${on}`,
    es: `Solo se sabe: ${on}`,
    pt: `Só se sabe: ${on}`,
  }),
  equalShares: {
    en: 'Equal shares: no others are recorded',
    es: 'Partes iguales: no constan otras',
    pt: 'Partes iguais: não constam outras',
  },
  noCountry: {
    en: 'No country is recorded',
    es: 'No consta ningún país',
    pt: 'Não consta nenhum país',
  },
  illustrative: {
    en: 'Illustrative: part of this was never published, and was made up so that published totals come out.',
    es: 'Ilustrativo: una parte nunca se publicó y se supuso de modo que resulten los totales publicados.',
    pt: 'Ilustrativo: uma parte nunca foi publicada e foi suposta de modo que resultem os totais publicados.',
  },
  approvedThen: {
    en: 'When it was approved: its start is not recorded',
    es: 'Cuando se aprobó: no consta su inicio',
    pt: 'Quando foi aprovado: não consta o seu início',
  },
  firstThen: {
    en: 'What happened first of all that is recorded: its start is not',
    es: 'Lo primero que ocurrió de lo que consta: no consta su inicio',
    pt: 'O primeiro que aconteceu do que consta: não consta o seu início',
  },
  formedThen: {
    en: 'When the pairing was formed: it was not kicked off',
    es: 'Cuando se formó el emparejamiento: no se puso en marcha',
    pt: 'Quando se formou a parceria: não arrancou',
  },
  supportEnds: {
    en: 'The last day of support, with suspensions and extensions',
    es: 'El último día de apoyo, con suspensiones y prórrogas',
    pt: 'O último dia de apoio, com suspensões e prorrogações',
  },
  line: (line: string): Three => ({
    en: `Budget line: ${line}`,
    es: `Línea presupuestaria: ${line}`,
    pt: `Rubrica orçamental: ${line}`,
  }),
  contribution: (year: number): Three => ({
    en: `Contribution for ${year}`,
    es: `Contribución para ${year}`,
    pt: `Contribuição para ${year}`,
  }),
  plan: (version: string): Three => ({
    en: `Urban Cooperation Action Plan, version ${version}, as approved`,
    es: `Plan de acción de cooperación urbana, versión ${version}, tal como se aprobó`,
    pt: `Plano de ação de cooperação urbana, versão ${version}, tal como foi aprovado`,
  }),
  agreement: (agreement: string): Three => ({
    en: `Agreement ${agreement}, as signed`,
    es: `Acuerdo ${agreement}, tal como se firmó`,
    pt: `Acordo ${agreement}, tal como foi assinado`,
  }),
  operatingPlan: (year: string): Three => ({
    en: `Annual operating plan ${year}`,
    es: `Plan operativo anual ${year}`,
    pt: `Plano operacional anual ${year}`,
  }),
  annualReport: (year: string): Three => ({
    en: `Annual report ${year}`,
    es: `Informe anual ${year}`,
    pt: `Relatório anual ${year}`,
  }),
  evaluation: (evaluation: string): Three => ({
    en: `Report of the evaluation ${evaluation}`,
    es: `Informe de la evaluación ${evaluation}`,
    pt: `Relatório da avaliação ${evaluation}`,
  }),
  formulation: {
    en: 'Document of formulation',
    es: 'Documento de formulación',
    pt: 'Documento de formulação',
  },
  evidence: {
    en: 'Means of verification',
    es: 'Medio de verificación',
    pt: 'Meio de verificação',
  },
} as const;
