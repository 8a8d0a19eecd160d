import Table from 'cli-table3';
import type { Language } from '../words/say';
import type { Report, ReportedClaim } from './report';

interface Words {
  readonly figure: string;
  readonly counted: string;
  readonly published: string;
  readonly agrees: string;
  readonly yes: string;
  readonly no: string;
  readonly by: string;
  readonly about: string;
  readonly derived: string;
  readonly happened: (report: Report) => string;
  readonly nothing: string;
  readonly alone: (claims: number, agree: number) => string;
  readonly straddling: (facts: number) => string;
  readonly illustrative: string;
  readonly imported: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    figure: 'Figure',
    counted: 'Counted',
    published: 'Published',
    agrees: 'Agrees',
    yes: 'yes',
    no: 'no',
    by: 'by',
    about: 'about',
    derived: 'derived',
    happened: ({ asOf, knownAt, position, epoch }) =>
      `What had happened by ${asOf}, as known at ${knownAt ?? '—'} (position ${position} of epoch ${epoch}).`,
    nothing: 'Nothing was recorded by then.',
    alone: (claims, agree) => `Published of one thing alone, and not in the table: ${claims}, of which ${agree} agree.`,
    straddling: (facts) => `Facts dated so roughly that they may have happened later, and are not counted yet: ${facts}.`,
    illustrative: '* illustrative: rests in part on values that nobody published.',
    imported: 'An imported history was recorded on the day of its import: as known before that day there is nothing.',
  },
  es: {
    figure: 'Cifra',
    counted: 'Recuento',
    published: 'Publicado',
    agrees: 'Coincide',
    yes: 'sí',
    no: 'no',
    by: 'al',
    about: 'unos',
    derived: 'derivado',
    happened: ({ asOf, knownAt, position, epoch }) =>
      `Lo ocurrido hasta ${asOf}, según se sabía en ${knownAt ?? '—'} (posición ${position} de la época ${epoch}).`,
    nothing: 'Hasta entonces no se había registrado nada.',
    alone: (claims, agree) => `Publicadas de una sola cosa, y fuera de la tabla: ${claims}, de las que ${agree} coinciden.`,
    straddling: (facts) => `Hechos de fecha tan aproximada que pueden ser posteriores, y que aún no se cuentan: ${facts}.`,
    illustrative: '* ilustrativo (illustrative): se basa en parte en valores que nadie publicó.',
    imported: 'Un historial importado quedó registrado el día de su importación: según lo sabido antes de ese día no hay nada.',
  },
  pt: {
    figure: 'Número',
    counted: 'Contagem',
    published: 'Publicado',
    agrees: 'Coincide',
    yes: 'sim',
    no: 'não',
    by: 'até',
    about: 'cerca de',
    derived: 'derivado',
    happened: ({ asOf, knownAt, position, epoch }) =>
      `O que tinha acontecido até ${asOf}, como se sabia em ${knownAt ?? '—'} (posição ${position} da época ${epoch}).`,
    nothing: 'Até então nada estava registado.',
    alone: (claims, agree) => `Publicados de uma só coisa, e fora da tabela: ${claims}, dos quais ${agree} coincidem.`,
    straddling: (facts) => `Factos de data tão aproximada que podem ser posteriores, e que ainda não contam: ${facts}.`,
    illustrative: '* ilustrativo (illustrative): assenta em parte em valores que ninguém publicou.',
    imported: 'Um histórico importado ficou registado no dia da importação: pelo que se sabia antes desse dia não há nada.',
  },
};

const compared = ({ comparator, value }: ReportedClaim, { about }: Words) =>
  comparator === '=' ? String(value) : `${comparator === 'about' ? about : comparator} ${value}`;

/** Where nothing is known nothing agrees or differs; a recount that is not the figure beside it is that of the claim's own day. */
const answered = ({ agrees, recount, asOf }: ReportedClaim, value: number | null, { yes, no, by }: Words) => {
  if (agrees === null) return '—';
  const answer = agrees ? yes : no;
  return recount === value || asOf === undefined ? answer : `${answer}: ${recount} ${by} ${asOf}`;
};

/** The report for a terminal of 100 columns. */
export const renderTable = (report: Report, language: Language): string => {
  const said = words[language];
  const table = new Table({
    head: [said.figure, said.counted, said.published, said.agrees],
    colWidths: [36, 22, 13, 24],
    colAligns: ['left', 'right', 'right', 'left'],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const { label, value, unit, illustrative, claims: all } of report.indicators) {
    const claims = all.filter(({ where }) => where === undefined);
    table.push([
      label,
      `${value ?? '—'}${illustrative ? '*' : ''} ${unit}`,
      claims.map((claim) => `${compared(claim, said)}${claim.derived ? ` ${said.derived}` : ''}`).join('\n'),
      claims.map((claim) => answered(claim, value, said)).join('\n'),
    ]);
  }
  const claims = report.indicators.flatMap((each) => each.claims);
  const [inTable, alone] = [claims.filter(({ where }) => !where), claims.filter(({ where }) => where)];
  const sources = new Set(inTable.map(({ source }) => `${said.published}: ${source.document}, ${source.date}`));
  const before = [said.happened(report), ...(report.position === '0' ? [said.nothing] : [])];
  const after = [
    ...sources,
    ...(alone.length > 0 ? [said.alone(alone.length, alone.filter(({ agrees }) => agrees === true).length)] : []),
    ...(report.straddling > 0 ? [said.straddling(report.straddling)] : []),
    ...(report.illustrative ? [said.illustrative, ...report.notes.map((note) => `* ${note}`)] : []),
    said.imported,
  ];
  return [...before.map(wrapped), table.toString(), ...after.map(wrapped)].join('\n');
};

const wrapped = (line: string): string =>
  line
    .split(' ')
    .reduce<string[]>((lines, word) => {
      const last = lines.at(-1);
      return last !== undefined && last.length + 1 + word.length <= 100 ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
    }, [])
    .join('\n');

const cells = [
  'asOf',
  'knownAt',
  'position',
  'epoch',
  'indicator',
  'version',
  'label',
  'value',
  'unit',
  'illustrative',
  'straddling',
  'comparator',
  'claimed',
  'claimedAsOf',
  'recount',
  'agrees',
  'derived',
  'source',
  'sourceDate',
  'claimedOf',
];

/** One line for each claim, and for each figure without one; each line says of what and when it speaks (RFC 4180). */
export const renderCsv = ({ asOf, knownAt, position, epoch, indicators }: Report): string => {
  const lines = indicators.flatMap(({ code, version, label, value, unit, illustrative, straddling, claims }) => {
    const figure = [asOf, knownAt, position, epoch, code, version, label, value, unit, illustrative, straddling];
    if (claims.length === 0) return [[...figure, ...Array<null>(9).fill(null)]];
    return claims.map((claim) => [
      ...figure,
      claim.comparator,
      claim.value,
      claim.asOf ?? null,
      claim.recount,
      claim.agrees,
      claim.derived ?? null,
      claim.source.document,
      claim.source.date,
      claim.where ? claim.where.map(({ dimension, is }) => `${dimension}:${is}`).join(' ') : null,
    ]);
  });
  return [cells, ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
};

// A spreadsheet takes a text that begins so for a formula; a comparator alone is none.
const quoted = (cell: string | number | boolean | null): string => {
  const text = typeof cell === 'string' && /^[=+\-@\t\r][^=]/.test(cell) ? `'${cell}` : String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
