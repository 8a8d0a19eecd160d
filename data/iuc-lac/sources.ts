/** What the sources say beside the two tables; where a value stands in for one they do not give, it says so. README.md lists the sources. */
import type { themes } from '../../src/parts/themes-of-c1';

export type Side = 'european' | 'latin-american';
type Theme = (typeof themes)[number];

export interface Visit {
  /** Said on the one date to be made on the other. */
  readonly announced?: { readonly on: string; readonly for: string };
  readonly from: string;
  readonly to: string;
  readonly delegates?: number;
  readonly outputs?: string;
}
interface Pilot {
  readonly pilot: string;
  readonly title: string;
  readonly theme: Theme;
  readonly reached: 'started' | 'completed';
}
interface Published {
  readonly themes?: readonly Theme[];
  /** By the number of the mission. */
  readonly visits?: Readonly<Record<number, Visit>>;
  readonly actors?: readonly (readonly [
    id: string,
    sector: 'private' | 'academia' | 'civil-society' | 'public',
    side: Side,
    name: string,
  ])[];
  readonly pilot?: Pilot;
  readonly openedIn?: string;
  /** Money for visits that could not travel became seed money of the pilot. */
  readonly visitsBecameSeed?: true;
}
/** Of single pairings. */
export const published: Readonly<Record<string, Published>> = {
  'buenos-aires-madrid': { themes: ['urban-regeneration', 'urban-mobility'] },
  // The visit was announced for the middle of March 2018; that it was made then is taken for granted.
  'araripina-santo-tirso': { themes: ['water-waste-sanitation', 'urban-regeneration'], visits: { 1: { from: '2018-03', to: '2018-03' } } },
  'consorcio-grande-abc-turin': {
    themes: ['urban-mobility', 'smart-city-innovation'],
    visits: {
      1: { from: '2018-02', to: '2018-02', outputs: 'Tema da visita: a mobilidade urbana.' },
      2: { from: '2018-05-14', to: '2018-05', delegates: 6 },
    },
    actors: [
      ['instituto-maua-de-tecnologia', 'academia', 'latin-american', 'Instituto Mauá de Tecnologia'],
      ['hitech-engenharia', 'private', 'latin-american', 'Hitech Engenharia Company'],
      ['electromagnetics-tecnologia', 'private', 'latin-american', 'Electromagnetics Tecnologia e Informática'],
    ],
  },
  'sao-leopoldo-viana-do-castelo': {
    openedIn: '2017-11',
    visits: { 2: { from: '2018-06-24', to: '2018-06-29', outputs: 'Experiências de gestão urbana e ambiental das duas cidades.' } },
  },
  'barranquilla-soledad-velletri-rome': { themes: ['circular-economy'], visitsBecameSeed: true },
  'cartagena-malaga': {
    themes: ['urban-regeneration', 'nature-based-solutions', 'poverty-inclusion-gender'],
    actors: [
      ['asociacion-fantasia-de-lagunillas', 'civil-society', 'european', 'Asociación Fantasía de Lagunillas'],
      ['asociacion-tierra-urbana', 'civil-society', 'european', 'Asociación Tierra Urbana'],
      ['cluster-soluciones-naturaleza-malaga', 'private', 'european', 'Clúster de Soluciones Basadas en la Naturaleza (Málaga)'],
    ],
    pilot: {
      pilot: 'el-espinal-meeting-place',
      title: 'Punto de encuentro vecinal al aire libre en El Espinal',
      theme: 'urban-regeneration',
      reached: 'completed',
    },
    visitsBecameSeed: true,
  },
  'ibague-graz': {
    themes: ['urban-rural-development', 'water-waste-sanitation', 'smart-city-innovation'],
    visits: {
      1: {
        from: '2018-04-09',
        to: '2018-04-12',
        outputs: 'Primer plan de trabajo conjunto: gestión del agua, emprendimiento y ciudad inteligente.',
      },
      2: {
        announced: { on: '2018-04', for: '2018-06' },
        from: '2018-09-24',
        to: '2018-09-29',
        outputs: 'Ríos urbanos, espacios de trabajo compartido, movilidad, salud y ciudad inteligente.',
      },
    },
    actors: [
      ['universidad-cooperativa-de-colombia', 'academia', 'latin-american', 'Universidad Cooperativa de Colombia'],
      ['ibal', 'public', 'latin-american', 'Empresa Ibaguereña de Acueducto y Alcantarillado (IBAL)'],
      ['holding-graz', 'public', 'european', 'Holding Graz'],
    ],
  },
};

/** Said: the deadlines, the day the first round met, August 2019. By our reading: the extensions. Illustrative: the other dates. */
interface Round {
  readonly round: number;
  readonly rules: string;
  readonly opened: string;
  readonly deadline: string;
  readonly extended?: readonly [on: string, deadline: string];
  readonly closed: string;
  readonly applied: string;
  readonly checked: string;
  readonly selected: string;
  readonly formed: string;
  readonly kickOff: string;
  /** Months after the kick-off: first draft of the plan, its submission and approval, pilot designs, agreement, end. */
  readonly after: {
    readonly draft: number;
    readonly submit: number;
    readonly approve: number;
    readonly design: number;
    readonly agree: number;
    readonly end: number;
  };
}
const unhurried = { draft: 8, submit: 11, approve: 12, design: 13, agree: 14, end: 18 };
export const rounds: Readonly<Record<string, Round>> = {
  '2017': {
    round: 1,
    rules: 'iuc-lac-2017@1',
    opened: '2017',
    deadline: '2017-09-11T23:59',
    extended: ['2017-09', '2017-09-21T23:59'],
    closed: '2017-09-21',
    applied: '2017-09',
    checked: '2017-10',
    selected: '2017-10',
    formed: '2017-11',
    kickOff: '2017-11-10',
    after: unhurried,
  },
  '2018': {
    round: 2,
    rules: 'iuc-lac-2017@1',
    opened: '2018-02-08',
    deadline: '2018-03-08T23:59',
    closed: '2018-03-08',
    applied: '2018-03',
    checked: '2018-04',
    selected: '2018-10',
    formed: '2018-10',
    kickOff: '2018-11',
    after: unhurried,
  },
  '2019': {
    round: 3,
    rules: 'iuc-lac-2019@1',
    opened: '2019',
    deadline: '2019-03-04T23:59',
    extended: ['2019-03', '2019-03-08T23:59'],
    closed: '2019-03-08',
    applied: '2019-03',
    checked: '2019-04',
    selected: '2019-08',
    formed: '2019-08',
    kickOff: '2019-09',
    after: { draft: 8, submit: 9, approve: 10, design: 10, agree: 12, end: 14 },
  },
};

/** The member states of 2017-2019. */
const europeanUnion = 'AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
/** The rules of a call; what no source says of its year is as in the other. */
export const ruleSet = (minPopulation: number, source: string) => ({
  version: 1,
  minPopulation,
  setOfCitiesCountsTogether: true,
  excludedPartyKinds: ['provincial-council'],
  countries: [
    { component: 'C1', european: europeanUnion, latinAmerican: ['AR', 'BR', 'CL', 'CO', 'PE'] },
    { component: 'C3', european: europeanUnion, latinAmerican: ['AR', 'BR', 'CL', 'CO', 'MX', 'PE'] },
  ],
  maxFundedTravellers: 5,
  missionsRequired: 2,
  missionsAllowed: 3,
  firstVisitor: [
    { component: 'C1', side: 'european' },
    { component: 'C3', side: 'latin-american' },
  ],
  commitmentMonths: 18,
  supportMonths: 18,
  source,
});
