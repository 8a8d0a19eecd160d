/** What a figure is of, in three languages: of the table's own measures exactly in English, elsewhere by what is counted. */
import type { Worded } from '../../src/kernel/fields-worded';

const units: Readonly<Record<string, readonly [es: string, pt: string]>> = {
  countries: ['países', 'países'],
  projects: ['proyectos', 'projetos'],
  EUR: ['importe en euros', 'montante em euros'],
  USD: ['importe en dólares estadounidenses', 'montante em dólares dos EUA'],
  persons: ['personas', 'pessoas'],
  grants: ['ayudas o becas', 'apoios ou bolsas'],
  percent: ['por ciento', 'por cento'],
  members: ['miembros', 'membros'],
  films: ['películas', 'filmes'],
  companies: ['empresas', 'empresas'],
  calls: ['convocatorias', 'convocatórias'],
  'milk banks': ['bancos de leche', 'bancos de leite'],
  cities: ['ciudades', 'cidades'],
  universities: ['universidades', 'universidades'],
  jurisdictions: ['jurisdicciones', 'jurisdições'],
  institutions: ['instituciones', 'instituições'],
  coproductions: ['coproducciones', 'coproduções'],
  museums: ['museos', 'museus'],
  edition: ['edición', 'edição'],
  proposals: ['propuestas', 'propostas'],
  groups: ['grupos', 'grupos'],
  'networks and projects': ['redes y proyectos', 'redes e projetos'],
  networks: ['redes', 'redes'],
  months: ['meses', 'meses'],
  'collection posts': ['puestos de recolección', 'postos de recolha'],
  municipalities: ['municipios', 'municípios'],
  years: ['años', 'anos'],
  programmes: ['programas', 'programas'],
  PIPA: ['programas, iniciativas y proyectos adscritos', 'programas, iniciativas e projetos adstritos'],
};

/** @param name of the programme; of all together where it is left out */
export const figureOf = (measure: string, unit: string, name?: string): Worded => {
  const of = units[unit];
  if (!of) throw new Error(`figures.csv counts in ${unit}, for which words.ts has no words`);
  const said = measure.includes(unit) ? '' : unit === 'EUR' || unit === 'USD' ? `, ${unit}` : `, in ${unit}`;
  const [es, pt] = of;
  if (name === undefined)
    return { en: `All together: ${measure}${said}`, es: `En conjunto: ${es}, según se publicó`, pt: `No conjunto: ${pt}, como publicado` };
  if (measure === 'member countries (stated count)')
    return {
      en: `Member countries of ${name} (as stated)`,
      es: `Países miembros de ${name} (según se declara)`,
      pt: `Países membros de ${name} (como declarado)`,
    };
  return { en: `${name}: ${measure}${said}`, es: `${name}: ${es}, según se publicó`, pt: `${name}: ${pt}, como publicado` };
};

const active: readonly [es: string, pt: string] = [
  'Programas, iniciativas y proyectos adscritos activos',
  'Programas, iniciativas e projetos adstritos ativos',
];
const cooperation: readonly [es: string, pt: string] = [
  'Programas de cooperación iberoamericana',
  'Programas de cooperação ibero-americana',
];
const cultural: readonly [es: string, pt: string] = ['Programas de cooperación cultural', 'Programas de cooperação cultural'];

/** What claims.csv speaks of: the words, and the indicators that count it. */
export const statements: Readonly<Record<string, readonly [words: readonly [es: string, pt: string], against: readonly string[]]>> = {
  'active PIPA': [active, ['pipas-active']],
  'active programmes': [['Programas activos', 'Programas ativos'], ['pipas-programmes']],
  'active initiatives': [['Iniciativas activas', 'Iniciativas ativas'], ['pipas-initiatives']],
  'active affiliated projects': [['Proyectos adscritos activos', 'Projetos adstritos ativos'], ['pipas-affiliated-projects']],
  'Ibero-American cooperation programmes': [cooperation, ['pipas-active', 'pipas-programmes']],
  'South-South cooperation programmes supported by SEGIB': [
    ['Programas de cooperación Sur-Sur que apoya la SEGIB', 'Programas de cooperação Sul-Sul que a SEGIB apoia'],
    ['pipas-active', 'pipas-programmes'],
  ],
  'programmes and affiliated projects': [['Programas y proyectos adscritos', 'Programas e projetos adstritos'], ['pipas-active']],
  'programmes supported by at least 7 countries': [
    ['Programas que apoyan al menos 7 países', 'Programas apoiados por pelo menos 7 países'],
    ['pipas-programmes'],
  ],
  'projects run by non-governmental bodies (29 minus 23)': [
    ['Proyectos de entidades no gubernamentales (29 menos 23)', 'Projetos de entidades não governamentais (29 menos 23)'],
    ['pipas-affiliated-projects'],
  ],
  'cooperation programmes': [cooperation, ['pipas-active', 'pipas-programmes']],
  'cooperation programmes created since the Summits began': [
    ['Programas de cooperación creados desde la primera Cumbre', 'Programas de cooperação criados desde a primeira Cimeira'],
    ['pipas-approved'],
  ],
  'programmes launched by SEGIB (the headline says 30, the text almost 30)': [
    ['Programas que ha puesto en marcha la SEGIB (titular: 30)', 'Programas lançados pela SEGIB (título: 30)'],
    ['pipas-active', 'pipas-programmes'],
  ],
  'cultural programmes among them': [cultural, ['pipas-culture']],
  'programmes, initiatives and projects': [active, ['pipas-active']],
  'cultural cooperation programmes': [cultural, ['pipas-culture']],
  'active Iber programmes in culture': [['Programas Iber activos de cultura', 'Programas Iber ativos de cultura'], ['pipas-culture']],
  'new initiatives approved at the XXVII Summit': [
    ['Iniciativas nuevas aprobadas en la XXVII Cumbre', 'Iniciativas novas aprovadas na XXVII Cimeira'],
    [],
  ],
  'new programmes approved at the XXVI Summit': [
    ['Programas nuevos aprobados en la XXVI Cumbre', 'Programas novos aprovados na XXVI Cimeira'],
    [],
  ],
  'strategic axes of the III PACCI': [['Ejes estratégicos del III PACCI', 'Eixos estratégicos do III PACCI'], []],
};
