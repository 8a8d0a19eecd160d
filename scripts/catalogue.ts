/**
 * Writes `docs/catalogue.md` from the tables that the system runs on: `npm run catalogue`. Commands, events, measures, gates, refusals and
 * routes, for whoever uses or reviews Puente; a test fails when it is not up to date.
 */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getMetadataStorage } from 'class-validator';
import { otherRoutes } from '../src/http/http.module';
import { routesIn } from '../src/http/route-audit';
import { routesOf } from '../src/http/routes';
import { everywhere } from '../src/kernel/corrections';
import { marksOf } from '../src/kernel/fields';
import { type AnyLifecycle, measuresOf, partsOf } from '../src/kernel/lifecycle';
import type { Declared } from '../src/kernel/part';
import { refusals } from '../src/kernel/refusal';
import schema from '../src/lifecycles/events.schema.json';
import { lifecycles } from '../src/lifecycles/all';

export const catalogueFile = join(__dirname, '../docs/catalogue.md');

interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
}
interface Guard {
  readonly rule: string;
  readonly source: string;
  readonly firm?: true;
  readonly guards?: Readonly<Record<string, unknown>>;
  readonly guardsAllBut?: readonly string[];
}

const definitions = schema.definitions as unknown as Readonly<Record<string, Shape>>;
const kebab = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
const code = (text: string) => `\`${text}\``;
const row = (...cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: string[], rows: string[][]) => [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))];

const typeOf = (shape: Shape): string => {
  if (shape.$ref) return shape.$ref.slice('#/definitions/'.length);
  if (shape.enum) return shape.enum.map((each) => JSON.stringify(each)).join(' or ');
  return shape.type === 'array' ? `${typeOf(shape.items ?? {})}[]` : (shape.type ?? 'any');
};
const fieldsOfEvent = (type: string): string => {
  const shape = definitions['ProductEvents']!.properties![type]!;
  const full = shape.$ref ? definitions[shape.$ref.slice('#/definitions/'.length)]! : shape;
  return Object.entries(full.properties ?? {})
    .map(([name, each]) => `${code(full.required?.includes(name) ? name : `${name}?`)} ${typeOf(each)}`)
    .join(', ');
};

const fieldsOfForm = (form: new () => object): string => {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(form, '', false, false);
  const optional = new Set(metadata.filter(({ type }) => type === 'conditionalValidation').map(({ propertyName }) => propertyName));
  const words = new Map(
    marksOf(form).map(({ field, is, kind }) => [
      field,
      is === 'ref' ? ` → ${kind}` : is === 'text' ? ' (protected)' : is === 'document' ? ' → document' : is === 'actor' ? ' → account' : '',
    ]),
  );
  return [...new Set(metadata.map(({ propertyName }) => propertyName))]
    .map((name) => code(optional.has(name) ? `${name}?` : name) + (words.get(name) ?? ''))
    .join(', ');
};

const commandRows = (of: AnyLifecycle, commands: Readonly<Record<string, Declared<object, string>>>) =>
  Object.entries(commands).map(([name, { form, by, yields }]) => [
    code(name),
    code(`POST /v1/${of.plural}/{id}/${kebab(name)}`),
    fieldsOfForm(form) || '—',
    by.join(', '),
    yields.map(code).join(', '),
  ]);

const section = (of: AnyLifecycle): string[] => {
  const parts = partsOf(of);
  const measures = Object.entries(measuresOf(of));
  const gates = Object.entries(of.gates as Readonly<Record<string, Guard>>);
  return [
    `## ${of.name}`,
    '',
    of.responsible === 'every-officer'
      ? 'Every officer may command it.'
      : 'Where officers are assigned to it, or to what it belongs to, no other officer commands it (`NOT_RESPONSIBLE`).',
    '',
    ...table(
      ['Command', 'Route', 'Fields', 'Who', 'Records'],
      [
        ...parts.flatMap(([, part]) => commandRows(of, part.commands as Readonly<Record<string, Declared<object, string>>>)),
        ...commandRows(of, everywhere),
      ],
    ),
    '',
    ...table(
      ['Event', 'Data', 'Part'],
      parts.flatMap(([name, part]) => Object.keys(part.evolve).map((type) => [code(type), fieldsOfEvent(type) || '—', name])),
    ),
    '',
    ...(measures.length === 0
      ? []
      : [
          ...table(
            ['Measure', 'Counts', 'Can be broken down by'],
            measures.map(([name, { counts, by = [] }]) => [
              code(name),
              counts,
              [...Object.keys(of.dimensions as object), ...by].map(code).join(', ') || '—',
            ]),
          ),
          '',
        ]),
    ...(gates.length === 0
      ? []
      : [
          ...table(
            ['Gate', 'Rule', 'Guards', 'Can be waived', 'Source'],
            gates.map(([name, { rule, source, firm, guards, guardsAllBut }]) => [
              code(name),
              rule,
              guards
                ? Object.keys(guards).map(code).join(', ')
                : guardsAllBut!.length === 0
                  ? 'every event'
                  : `every event but ${guardsAllBut!.map(code).join(', ')}`,
              firm ? 'no' : 'yes',
              source,
            ]),
          ),
          '',
        ]),
    ...table(
      ['Refusal, or what a gate lacks', 'Says'],
      [of.says, ...parts.map(([, part]) => part.says)].flatMap(({ sentences }) =>
        Object.entries(sentences).map(([name, sentence]) => [code(name), sentence]),
      ),
    ),
    '',
  ];
};

export const generate = (): string =>
  [
    '# Catalogue',
    '',
    'Everything that can be asked of Puente and everything it records. Generated by `npm run catalogue`; do not edit.',
    '',
    'A protected text is sent as words and kept encrypted outside the events, which hold a `TextRef` in its place. Dates may be known to the day, the month or the year. Beside its fields every command takes `occurredOn`, when it happened (today when left out).',
    '',
    ...Object.values<AnyLifecycle>(lifecycles).flatMap(section),
    '## Other routes',
    '',
    ...table(
      ['Route', 'Who'],
      [
        ...Object.values<AnyLifecycle>(lifecycles).flatMap((of) => routesIn(routesOf(of)).filter(({ method }) => method === 'GET')),
        ...otherRoutes.flatMap(routesIn),
      ].map(({ method, path, callers }) => [
        code(`${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`),
        callers === 'everybody' || callers === undefined
          ? 'everybody'
          : callers === 'signed-in'
            ? 'whoever has a token'
            : callers.join(', '),
      ]),
    ),
    '',
    '## Everywhere',
    '',
    ...table(
      ['Event', 'Data'],
      ['GateWaived', 'FactRetracted', 'FactCorrected'].map((type) => [code(type), fieldsOfEvent(type)]),
    ),
    '',
    ...table(
      ['Refusal', 'Says'],
      Object.entries(refusals.sentences).map(([name, sentence]) => [code(name), sentence]),
    ),
    '',
  ].join('\n');

if (require.main === module) writeFileSync(catalogueFile, generate());
