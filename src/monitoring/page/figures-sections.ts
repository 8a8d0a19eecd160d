import { whereOf } from '../../kernel/conditions';
import { html, type Markup, type Shown } from './markup';
import { type Share, sharesChart } from './charts';
import type { RegisteredClaim, ReportedIndicator } from '../report';
import { answered, claimColumns, compared, dayOf, drawn, linked, type Making, published, type Section, sourceOf } from './section';
import { listed, table } from './table';

const distinct = <Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] => [
  ...new Map(items.map((item) => [key(item), item])).values(),
];

/** What was counted, beside what was published. */
export const figuresSection = (making: Making): Section => {
  const { data, words, writing, addresses } = making;
  const said = (claim: ReportedIndicator['claims'][number]) => `${compared(making, claim)} ${claim.agrees}`;
  const row = ({ code, version, label, unit, value, illustrative, claims }: ReportedIndicator): readonly Shown[] => [
    html`${label} <code>${code}@${version}</code>`,
    html`${linked(addresses?.evidence({ code, version, asOf: data.asOf }), value === null ? words.none : writing.number(value))}${
      illustrative ? html` <small>${words.illustrativeMark}</small>` : undefined
    }`,
    unit,
    // What was published of one thing alone stands among the claims, with what it is of.
    listed(
      distinct(
        claims.filter(({ where }) => where === undefined),
        said,
      ).map((claim) => html`${compared(making, claim)}: ${answered(making, claim.agrees)}`),
    ),
  ];
  const columns = [
    { title: words.figure },
    { title: words.counted, numeric: true as const },
    { title: words.unit },
    { title: words.published },
  ];
  const body = table({ caption: words.figuresCaption, columns, rows: data.report.indicators.map(row) });
  return { id: 'figures', title: words.figures, body };
};

/** Published, counted nowhere, and shown in no other table. */
const leftIn = ({ register, pipas }: Making['data']): readonly RegisteredClaim[] => {
  const shown = new Set(pipas.flatMap(({ stated }) => stated.map(({ id }) => id)));
  return register.claims.filter(
    ({ id, is, recounts, contradicts }) => is === 'published' && recounts.length === 0 && contradicts.length === 0 && !shown.has(id),
  );
};
const isContradicted = ({ contradicts }: RegisteredClaim) => contradicts.length > 0;
const missed = ({ is, recounts }: RegisteredClaim) => is === 'published' && recounts.some(({ agrees }) => agrees === false);

/** Every published figure beside its recounts, those that differ first; and those that cannot be true together. */
export const claimsSection = async (making: Making): Promise<Section> => {
  const { data, words, writing } = making;
  const counted = data.register.claims.filter(({ recounts }) => recounts.length > 0);
  const met = counted.filter(({ is, recounts }) => is === 'published' && recounts.every(({ agrees }) => agrees === true));
  const differing = differencesIn(making, counted);
  const chart = {
    ...{ id: 'differences', title: words.differencesChart, description: words.differencesChartSays(writing.number(differing.length)) },
    spec: sharesChart(differing, words.percentOfPublished),
  };
  const numbers = [met, counted.filter(missed), data.register.claims.filter(isContradicted), leftIn(data)];
  const [agree, differ, contradict, not] = numbers.map(({ length }) => writing.number(length)) as [string, string, string, string];
  const ordered = [...counted.filter(missed), ...counted.filter((claim) => !missed(claim))];
  return {
    ...{ id: 'claims', title: words.claims },
    body: html`<p>${words.claimsSummary(agree, differ, contradict, not)}</p>
      ${differing.length === 0 ? undefined : await drawn(chart)}
      ${table({ caption: words.claimsCaption, columns: claimColumns(words), rows: ordered.map((claim) => claimRow(making, claim)) })}
      ${contradictions(making)}`,
  };
};

const labelsOf = ({ data }: Making) => new Map(data.report.indicators.map(({ code, label }) => [code, label]));

const claimRow = (making: Making, claim: RegisteredClaim): readonly Shown[] => {
  const { words, writing, addresses } = making;
  const labels = labelsOf(making);
  const where = whereOf(claim.where ?? []);
  return [
    html`${linked(addresses?.claim(claim.id), claim.about)}${claim.is === 'withdrawn' ? html` <small>${words.withdrawn}</small>` : undefined}`,
    published(making, claim),
    dayOf(making, claim),
    listed([
      ...claim.recounts.map(
        ({ indicator, version, asOf, recount, agrees }) =>
          html`${labels.get(indicator) ?? indicator}:
          ${linked(addresses?.evidence({ code: indicator, version, asOf, ...(where && { where }) }), recount === null ? words.none : writing.number(recount))},
          ${answered(making, agrees)}`,
      ),
      ...(claim.explanation ? [words.explained] : []),
    ]),
    sourceOf(making, claim),
  ];
};

/** Recounts that are not what was published, as shares of it. */
const differencesIn = (making: Making, claims: readonly RegisteredClaim[]): readonly Share[] => {
  const labels = labelsOf(making);
  const shares = claims.flatMap((claim) =>
    claim.recounts.flatMap(({ indicator, recount, agrees }) => {
      if (claim.is !== 'published' || agrees !== false || recount === null || claim.value <= 0) return [];
      const of = labels.get(indicator) ?? indicator;
      const label = of === claim.about ? of : `${claim.about} (${of})`;
      const text = `${making.writing.number(recount)} / ${compared(making, claim)}`;
      return [{ label, percent: Math.round((recount / claim.value) * 1000) / 10, text }];
    }),
  );
  return distinct(shares, ({ label, text }) => `${label} ${text}`);
};

/** What was published of one figure, and cannot all be true. */
const contradictions = (making: Making): Markup | undefined => {
  const { data, words, addresses } = making;
  const contradicted = data.register.claims.filter(isContradicted);
  const figures = [...new Set(contradicted.map(({ figure }) => figure))];
  if (figures.length === 0) return undefined;
  const each = (claim: RegisteredClaim) =>
    html`${linked(addresses?.claim(claim.id), published(making, claim))} (${dayOf(making, claim)}; ${sourceOf(making, claim)})`;
  const rows = figures.map((of) => {
    const claims = contradicted.filter(({ figure }) => figure === of);
    return [claims[0]!.about, listed(claims.map(each))];
  });
  return html`<h3>${words.contradictions}</h3>
    ${table({ caption: words.contradictionsCaption, columns: [{ title: words.claim }, { title: words.published }], rows })}`;
};

/** What nothing recorded can be held against. */
export const annexSection = (making: Making): Section => {
  const { data, words, addresses } = making;
  const row = (claim: RegisteredClaim): readonly Shown[] => [
    linked(addresses?.claim(claim.id), claim.about),
    published(making, claim),
    dayOf(making, claim),
    claim.notCountable,
    sourceOf(making, claim),
  ];
  const columns = [{ title: words.claim }, { title: words.published }, { title: words.day }, { title: words.why }, { title: words.source }];
  const body = table({ caption: words.annexCaption, columns, rows: leftIn(data).map(row) });
  return { id: 'annex', title: words.annex, body };
};
