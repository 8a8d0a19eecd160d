import { formulaRule } from './plain-text';
import type { CellType, Column, Standpoint, Table } from './table';

/** Table Schema (Frictionless v1). A date known roughly has no type there but text. */
const typeOf: Readonly<Record<CellType, string>> = {
  text: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  day: 'date',
  date: 'string',
  instant: 'datetime',
  object: 'object',
};
const partialDate = '^\\d{4}(-\\d{2}(-\\d{2})?)?$';

const fieldOf = ({ name, type, title, description, mayBeEmpty }: Column, key: readonly string[]) => {
  const constraints = { ...(key.includes(name) && !mayBeEmpty && { required: true }), ...(type === 'date' && { pattern: partialDate }) };
  return {
    ...{ name, title, description, type: typeOf[type] },
    ...(type === 'instant' && { format: 'any' }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
};

export const schemaOf = ({ columns, key }: Pick<Table, 'columns' | 'key'>) => ({
  fields: columns.map((column) => fieldOf(column, key)),
  // A primary key has no missing values (Table Schema v1), and '' is one.
  ...(!columns.some(({ name, mayBeEmpty }) => mayBeEmpty && key.includes(name)) && { primaryKey: key }),
  missingValues: [''],
});

/** What was written of a table. */
export interface Written {
  readonly bytes: number;
  /** SHA-256, in hex. */
  readonly digest: string;
}

/** `datapackage.json` (Frictionless Data Package v1) of CSV files beside it: what they stand on, and what every column means. */
export const datapackageOf = (
  tables: readonly Table[],
  { asOf, knownAt, language }: Standpoint,
  notes: readonly string[],
  written: ReadonlyMap<string, Written> = new Map(),
) => ({
  profile: 'tabular-data-package',
  name: 'puente',
  title: 'Cooperation as it was recorded',
  description: [
    `What had certainly happened by ${asOf}, of what was recorded by ${knownAt ?? 'then (nothing)'}; labels in "${language}".`,
    formulaRule,
    ...notes,
  ].join('\n\n'),
  asOf,
  knownAt,
  language,
  notes,
  resources: tables.map((table) => {
    const { name, title, description } = table;
    const found = written.get(name);
    return {
      ...{ name, title, description, path: `${name}.csv`, profile: 'tabular-data-resource', format: 'csv', mediatype: 'text/csv' },
      encoding: 'utf-8',
      dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
      ...(found && { bytes: found.bytes, hash: `sha256:${found.digest}` }),
      schema: schemaOf(table),
    };
  }),
});
