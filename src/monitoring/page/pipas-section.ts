import { kinds } from '../../parts/pipa-course-forms';
import { countriesChart, yearsChart } from './charts';
import { html, type Markup, type Shown } from './markup';
import type { ActivePipas } from './page-data';
import type { PipaStands } from './pipas';
import { answered, claimColumns, compared, dayOf, drawn, linked, type Making, published, type Section, sourceOf } from './section';
import { listed, table } from './table';

/** Programmes, initiatives and affiliated projects: how many, with how many countries, and what became of what. */
export const pipasSection = async (making: Making): Promise<Section | undefined> => {
  const { data, words } = making;
  if (data.pipas.length === 0) return undefined;
  const parts = [await activeShown(making), await countriesShown(making), statedShown(making), changesShown(making)];
  return {
    id: 'pipas',
    title: words.pipas,
    body: html`<p>${words.pipasIntroduction}</p>
      ${parts}`,
  };
};

const yearOf = ({ asOf }: ActivePipas) => asOf.slice(0, 4);

type Published = ActivePipas['published'][number];
/** What was published of one kind, all of it in one, the same once. */
const publishedOf = (making: Making, year: ActivePipas, of: Published['of']) => {
  const said = new Set(year.published.filter((each) => each.of === of).map((each) => compared(making, each)));
  return said.size === 0 ? [] : [{ of, said: [...said].join(', ') }];
};

const activeShown = async (making: Making): Promise<Markup | undefined> => {
  const { data, words, writing } = making;
  if (data.active.length === 0) return undefined;
  const all = ['all', ...kinds] as const;
  const titleOf = (of: (typeof all)[number]) => (of === 'all' ? words.all : words.kindsActive[of]);
  const numberOf = (year: ActivePipas, of: (typeof all)[number]) => (of === 'all' ? year.total : year.kinds[of]);
  const panels = all.map((of) => ({
    title: titleOf(of),
    years: data.active.map((year) => ({ year: yearOf(year), value: numberOf(year, of) })),
    published: data.active.flatMap((year) =>
      year.published.filter((each) => each.of === of).map(({ value }) => ({ year: yearOf(year), value })),
    ),
  }));
  const row = (year: ActivePipas, i: number): readonly Shown[] => [
    html`${yearOf(year)}${i === data.active.length - 1 ? html` <small>${words.atEnd(writing.date(year.asOf))}</small>` : undefined}`,
    ...kinds.map((kind) => writing.number(year.kinds[kind])),
    writing.number(year.total),
    listed(all.flatMap((of) => publishedOf(making, year, of)).map(({ of, said }) => `${titleOf(of)}: ${said}`)),
  ];
  const columns = [
    { title: words.year },
    ...[...kinds.map((kind) => words.kindsActive[kind]), words.all].map((title) => ({ title, numeric: true as const })),
    { title: words.published },
  ];
  const chart = { id: 'active', title: words.active, description: words.activeChartSays, spec: yearsChart(panels, words.year) };
  return html`<h3>${words.active}</h3>
    ${await drawn(chart)} ${table({ caption: words.activeCaption, columns, rows: data.active.map(row) })}`;
};

/** What a page of its own says of the latest day; what was counted in such a page is left out. */
const latestStated = ({ stated }: PipaStands) =>
  stated
    .filter(({ derived }) => derived === undefined)
    .reduce<PipaStands['stated'][number] | undefined>((last, each) => (last && each.on < last.on ? last : each), undefined);

const countriesShown = async (making: Making): Promise<Markup> => {
  const { data, words, writing, addresses } = making;
  const known = data.pipas
    .filter(({ members }) => members !== null)
    .map((each) => ({ label: each.name, members: each.members, minimum: each.minimum ?? null, stated: latestStated(each)?.value ?? null }));
  const reached = ({ members, minimum }: PipaStands): Shown => {
    if (minimum === undefined) return words.noMinimum;
    if (members === null) return writing.number(minimum);
    return html`${writing.number(minimum)}:
    ${members < minimum ? html`<strong class="differs">${words.belowMinimum}</strong>` : words.aboveMinimum}`;
  };
  const lastSaid = (each: PipaStands): Shown => {
    const latest = latestStated(each);
    return latest && html`${published(making, latest)} (${dayOf(making, latest)})`;
  };
  const row = (each: PipaStands): readonly Shown[] => [
    linked(addresses?.pipa(each.id), each.name),
    words.kinds[each.kind],
    each.approvedOn === undefined ? words.none : writing.date(each.approvedOn),
    each.members === null ? words.notKnown : writing.number(each.members),
    reached(each),
    lastSaid(each),
  ];
  const columns = [
    ...[{ title: words.pipa }, { title: words.kind }, { title: words.approved }],
    ...[{ title: words.members, numeric: true as const }, { title: words.minimum }, { title: words.published }],
  ];
  const chart = {
    id: 'countries',
    title: words.countries,
    description: words.countriesChartSays,
    spec: countriesChart(known, words.members),
  };
  return html`<h3>${words.countries}</h3>
    ${known.length === 0 ? undefined : await drawn(chart)} ${table({ caption: words.countriesCaption, columns, rows: data.pipas.map(row) })}`;
};

const statedShown = (making: Making): Markup | undefined => {
  const { data, words, writing, addresses } = making;
  const rows = data.pipas.flatMap(({ stated }) =>
    stated.map((claim): readonly Shown[] => [
      linked(addresses?.claim(claim.id), claim.about),
      published(making, claim),
      dayOf(making, claim),
      claim.recount === null ? words.notKnown : html`${writing.number(claim.recount)}: ${answered(making, claim.agrees)}`,
      sourceOf(making, claim),
    ]),
  );
  if (rows.length === 0) return undefined;
  return html`<h3>${words.stated}</h3>
    ${table({ caption: words.statedCaption, columns: claimColumns(words), rows })}`;
};

const changesShown = (making: Making): Markup | undefined => {
  const { data, words, writing, addresses } = making;
  const changed = data.pipas.filter(({ kinds: course }) => course.length > 1);
  if (changed.length === 0) return undefined;
  const row = ({ id, name, kinds: course }: PipaStands): readonly Shown[] => [
    linked(addresses?.pipa(id), name),
    course.map(({ kind, on }, i) => `${i === 0 ? '' : ' → '}${words.kinds[kind]} (${writing.date(on)})`),
  ];
  return html`<h3>${words.changes}</h3>
    ${table({ caption: words.changesCaption, columns: [{ title: words.pipa }, { title: words.course }], rows: changed.map(row) })}`;
};
