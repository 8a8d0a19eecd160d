import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv, { type JSONSchemaType } from 'ajv';

export const languages = ['en', 'es', 'pt'] as const;
export type Language = (typeof languages)[number];
export type Worded = Readonly<Record<Language, string>>;

/** Words in the three languages of the product, as a schema. */
export const worded = {
  type: 'object',
  properties: { en: { type: 'string', minLength: 1 }, es: { type: 'string', minLength: 1 }, pt: { type: 'string', minLength: 1 } },
  required: ['en', 'es', 'pt'],
  additionalProperties: false,
} as const;

/** The `data/` folder of the product: the code runs from `src/` as from `dist/src/`. */
const folder = (from = __dirname): string => {
  const here = join(from, 'data', 'iuc-lac');
  if (existsSync(here)) return here;
  if (dirname(from) === from) throw new Error('the folder data/iuc-lac is missing');
  return folder(dirname(from));
};

/** Reads a list of the reference data. @throws Error that says where the file is not what it should be */
export const referenceList = <Item>(file: string, schema: JSONSchemaType<Item>): readonly Item[] => {
  const read: unknown = JSON.parse(readFileSync(join(folder(), file), 'utf8'));
  const ajv = new Ajv({ allErrors: true, discriminator: true });
  const check = ajv.compile<Item[]>({ type: 'array', items: schema });
  if (!check(read)) throw new Error(`${file}: ${ajv.errorsText(check.errors, { dataVar: '' })}`);
  return read;
};
