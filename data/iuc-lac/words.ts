/** Texts of the cohort in the language of the Latin American side (European Portuguese, as `src/words`); what is made up begins with `Ilustrativo`. */
import type { themes } from '../../src/parts/themes-of-c1';

export type Language = 'es' | 'pt';
type Theme = (typeof themes)[number];

/** What is done under a theme, as a few words of a title. */
export const work: Readonly<Record<Theme, Readonly<Record<Language, string>>>> = {
  'poverty-inclusion-gender': { es: 'inclusión social en los barrios', pt: 'inclusão social nos bairros' },
  housing: { es: 'vivienda asequible y rehabilitación', pt: 'habitação acessível e reabilitação' },
  'refugees-and-immigrants': { es: 'acogida de personas migrantes', pt: 'acolhimento de pessoas migrantes' },
  'education-work-skills': { es: 'formación para el empleo local', pt: 'formação para o emprego local' },
  'sustainable-production-consumption': { es: 'compra y consumo responsables', pt: 'compras e consumo responsáveis' },
  'circular-economy': { es: 'aprovechamiento de residuos', pt: 'aproveitamento de resíduos' },
  'water-waste-sanitation': { es: 'ríos y aguas urbanas', pt: 'rios e águas urbanas' },
  'healthy-cities': { es: 'espacios saludables', pt: 'espaços saudáveis' },
  'smart-city-innovation': { es: 'datos abiertos y servicios digitales', pt: 'dados abertos e serviços digitais' },
  'urban-regeneration': { es: 'renovación del centro urbano', pt: 'requalificação do centro urbano' },
  'nature-based-solutions': { es: 'corredores verdes', pt: 'corredores verdes' },
  'urban-mobility': { es: 'movilidad sostenible', pt: 'mobilidade sustentável' },
  'urban-rural-development': { es: 'vínculos entre campo y ciudad', pt: 'ligações entre campo e cidade' },
  'culture-and-heritage': { es: 'patrimonio y espacio público', pt: 'património e espaço público' },
  'safety-in-public-spaces': { es: 'espacios públicos seguros', pt: 'espaços públicos seguros' },
};
export const words = {
  keyActors: {
    es: 'Ilustrativo: actores clave movilizados, con carta de apoyo.',
    pt: 'Ilustrativo: atores-chave mobilizados, com carta de apoio.',
  },
  programmes: {
    es: 'Ilustrativo: experiencia en otros programas (Pacto de los Alcaldes, URBACT).',
    pt: 'Ilustrativo: experiência noutros programas (Pacto de Autarcas, URBACT).',
  },
  strategy: {
    es: 'Ilustrativo: estrategia de desarrollo urbano sostenible e integrado.',
    pt: 'Ilustrativo: estratégia de desenvolvimento urbano sustentável e integrado.',
  },
  staff: { es: 'Ilustrativo: personal dedicado a la cooperación.', pt: 'Ilustrativo: equipa dedicada à cooperação.' },
  selected: { es: 'Retos comunes y compromiso del municipio.', pt: 'Desafios comuns e compromisso do município.' },
  action: { es: 'Acción conjunta', pt: 'Ação conjunta' },
  design: { es: 'Diseño piloto', pt: 'Projeto-piloto' },
  returned: {
    es: 'Ilustrativo: faltan responsables y calendario de dos acciones.',
    pt: 'Ilustrativo: faltam responsáveis e calendário de duas ações.',
  },
  amended: {
    es: 'Ilustrativo: se añade una acción tras la tercera misión.',
    pt: 'Ilustrativo: acrescenta-se uma ação após a terceira missão.',
  },
  report: {
    es: 'Ilustrativo: temas comunes confirmados y próximos pasos acordados.',
    pt: 'Ilustrativo: temas comuns confirmados e próximos passos acordados.',
  },
  pandemic: { es: 'La pandemia impide viajar.', pt: 'A pandemia impede viajar.' },
  cancelled: {
    es: 'Ilustrativo: la misión pierde su fecha tras un cambio de gobierno local.',
    pt: 'Ilustrativo: a missão perde a data após uma mudança de governo local.',
  },
  released: { es: 'Ilustrativo: la entidad deja el grupo de trabajo.', pt: 'Ilustrativo: a entidade deixa o grupo de trabalho.' },
  abandoned: { es: 'Ilustrativo: sin financiación.', pt: 'Ilustrativo: sem financiamento.' },
  visitsBecameSeed: {
    es: 'El presupuesto de las visitas de estudio que no se utilizó pasa a ser la financiación inicial del proyecto piloto; el importe es ilustrativo.',
    pt: 'O orçamento das visitas de estudo que não se utilizou passa a ser o financiamento inicial do projeto-piloto; o montante é ilustrativo.',
  },
  pilotDone: { es: 'Ilustrativo: piloto concluido.', pt: 'Ilustrativo: piloto concluído.' },
  results: {
    es: 'Plan, pilotos y acuerdo; el reparto entre emparejamientos es ilustrativo.',
    pt: 'Plano, pilotos e acordo; a distribuição entre parcerias é ilustrativa.',
  },
  noAgreement: {
    es: 'Ilustrativo: se publica cuántos acuerdos hubo, no qué emparejamientos quedaron sin él.',
    pt: 'Ilustrativo: publica-se quantos acordos houve, não quais parcerias ficaram sem ele.',
  },
} satisfies Record<string, Readonly<Record<Language, string>>>;
/** The language of a country's copy of an agreement. */
export const tongues: Readonly<Record<string, string>> = {
  AR: 'es',
  BR: 'pt',
  CL: 'es',
  CO: 'es',
  PE: 'es',
  AT: 'de',
  DE: 'de',
  ES: 'es',
  GB: 'en',
  GR: 'el',
  HR: 'hr',
  IT: 'it',
  PT: 'pt',
  RO: 'ro',
};
