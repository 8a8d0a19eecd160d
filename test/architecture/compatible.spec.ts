import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesOf } from '../../scripts/compatible';
import { contracts, released } from '../../scripts/contracts-places';
import type { JsonSchema } from '../../src/delivery/contracts';

const read = (path: string): JsonSchema => JSON.parse(readFileSync(path, 'utf8')) as JsonSchema;
const schemasIn = (folder: string): ReadonlyMap<string, JsonSchema> =>
  new Map(
    ['cloudevent.schema.json', ...readdirSync(join(folder, 'events')).map((name) => join('events', name))].map((name) => [
      name,
      read(join(folder, name)),
    ]),
  );

describe('what was released', () => {
  const present = schemasIn(contracts);
  const changes = readdirSync(released).flatMap((version) =>
    [...schemasIn(join(released, version))].map(([name, schema]) => ({ version, ...changesOf(schema, present.get(name)) })),
  );

  it('is promised still: nothing is renamed, removed, narrowed or asked for that was not', () => {
    expect(changes.flatMap(({ version, breaks }) => breaks.map((each) => `${version}: ${each}`))).toEqual([]);
    expect(existsSync(join(released, '0.1.0'))).toBe(true);
  });

  it('may have more values since, where subscribers are told (otherwise: add them to docs/contracts/widened.json)', () => {
    const told = JSON.parse(readFileSync(join(contracts, 'widened.json'), 'utf8')) as readonly string[];
    expect([...new Set(changes.flatMap(({ widens }) => widens))].sort()).toEqual([...told].sort());
  });
});

describe('the comparison with what was released', () => {
  const held: JsonSchema = {
    title: 'Held',
    type: 'object',
    properties: {
      mission: { type: 'integer', minimum: 1, maximum: 20 },
      mode: { type: 'string', enum: ['in-person', 'virtual'] },
      place: { type: 'string', pattern: '^[a-z]+$' },
      reason: { $ref: '#/definitions/Text' },
      delegates: { type: 'array', items: { $ref: '#/definitions/Delegate' } },
      precluded: { type: 'boolean', const: true },
      where: { type: 'object', additionalProperties: { type: 'string' } },
      answer: { $ref: '#/definitions/Answer' },
    },
    required: ['mission', 'mode', 'delegates'],
    definitions: {
      Text: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
      Delegate: {
        type: 'object',
        properties: { sector: { type: 'string' }, replaces: { $ref: '#/definitions/Delegate' } },
        required: ['sector'],
      },
      Answer: {
        anyOf: [
          { type: 'object', properties: { is: { type: 'string', const: 'passed' } }, required: ['is'] },
          { type: 'object', properties: { is: { type: 'string', const: 'failed' }, by: { type: 'integer' } }, required: ['is', 'by'] },
        ],
      },
    },
  };
  /** Something to write into at a path; what it holds is written over, or gone where nothing is given. */
  const changed = (path: string, value: unknown): JsonSchema => {
    const copy = structuredClone(held) as Record<string, unknown>;
    const steps = path.split('/');
    const last = steps.pop()!;
    const into = steps.reduce<Record<string, unknown>>((node, step) => node[step] as Record<string, unknown>, copy);
    if (value === undefined) Reflect.deleteProperty(into, last);
    else into[last] = value;
    return copy;
  };
  const { mission, ...others } = held.properties!;
  const [passed, failed] = held.definitions!['Answer']!.anyOf!;

  it.each<[what: string, JsonSchema, told: RegExp]>([
    ['a field that is gone', changed('properties/place', undefined), /^Held\.place is gone$/],
    ['a field of another name', changed('properties', { ...others, number: mission }), /^Held\.mission is gone$/],
    ['a field that may be left out', changed('required', ['mission', 'mode']), /^Held\.delegates may be left out$/],
    ['a field that may not be left out', changed('required', [...held.required!, 'place']), /^Held\.place is asked of/],
    [
      'a new field that may not be left out',
      { ...changed('properties/on', { type: 'string' }), required: [...held.required!, 'on'] },
      /^Held\.on is asked of events recorded without it$/,
    ],
    ['another type', changed('properties/mission/type', 'string'), /^Held\.mission was of type "integer" and is of type "string"$/],
    ['a wider type', changed('properties/mission/type', 'number'), /^Held\.mission was of type/],
    ['a further type', changed('properties/place/type', ['string', 'null']), /^Held\.place was of type/],
    ['no type', changed('properties/where', {}), /^Held\.where was of type "object" and is of type any$/],
    ['a value that is gone', changed('properties/mode/enum', ['virtual']), /^Held\.mode cannot be "in-person" any more$/],
    ['values that are no longer listed', changed('properties/mode/enum', undefined), /^Held\.mode was one of a list and is any$/],
    ['values that are listed now', changed('properties/place/enum', ['here']), /^Held\.place was any and is one of a list$/],
    ['another constant', changed('properties/precluded/const', false), /^Held\.precluded cannot be true any more$/],
    ['another pattern', changed('properties/place/pattern', '^[a-z]*$'), /^Held\.place had pattern/],
    ['no pattern', changed('properties/place/pattern', undefined), /^Held\.place had pattern .* and has none$/],
    ['a lower maximum', changed('properties/mission/maximum', 10), /^Held\.mission had maximum 20 and has 10$/],
    ['a higher maximum', changed('properties/mission/maximum', 30), /^Held\.mission had maximum/],
    ['a limit where there was none', changed('properties/delegates/maxItems', 9), /^Held\.delegates had maxItems none and has 9$/],
    ['items of another type', changed('properties/delegates/items', { type: 'string' }), /^Held\.delegates\[\] was of type/],
    ['no items any more', changed('properties/delegates/items', undefined), /^Held\.delegates had items/],
    ['a nested field that is gone', changed('definitions/Text/properties/text', undefined), /^Held\.reason\.text is gone$/],
    ['a nested field that may be left out', changed('definitions/Delegate/required', []), /^Held\.delegates\[\]\.sector may be left out$/],
    ['keys that are no longer texts', changed('properties/where/additionalProperties', { type: 'number' }), /^Held\.where\.\* was of/],
    ['an alternative that is gone', changed('definitions/Answer/anyOf', [passed]), /^Held\.answer\[1\] is none of the alternatives/],
    [
      'an alternative that changed',
      changed('definitions/Answer/anyOf', [passed, { ...failed, required: ['is'] }]),
      /^Held\.answer\[1\] is none of the alternatives/,
    ],
    ['one alternative alone', changed('definitions/Answer', passed), /^Held\.answer was one of several/],
  ])('refuses %s', (_, present, told) => {
    const { breaks } = changesOf(held, present);
    expect(breaks).toEqual([expect.stringMatching(told)]);
  });

  it('refuses that a type of event is gone', () => {
    expect(changesOf(held, undefined).breaks).toEqual(['Held is gone']);
  });

  it.each<[what: string, JsonSchema]>([
    ['the same', held],
    ['other words', { ...changed('properties/mission/description', 'Which one'), description: 'Told better' }],
    ['a new field that may be left out', changed('properties/on', { type: 'string' })],
    ['such a field further in', changed('definitions/Delegate/properties/gender', { type: 'string' })],
    ['such a field of an alternative', changed('definitions/Answer/anyOf/1/properties/more', { type: 'string' })],
    ['fields in another order', changed('properties', { ...others, mission })],
    ['alternatives in another order', changed('definitions/Answer/anyOf', [failed, passed])],
    ['a definition written in its place', changed('properties/reason', held.definitions!['Text'])],
    [
      'a definition of another name',
      {
        ...changed('properties/reason', { $ref: '#/definitions/Words' }),
        definitions: { ...held.definitions, Words: held.definitions!['Text']! },
      },
    ],
  ])('lets pass %s', (_, present) => {
    expect(changesOf(held, present)).toEqual({ breaks: [], widens: [] });
  });

  it.each<[what: string, JsonSchema, told: string]>([
    ['a value', changed('properties/mode/enum', ['in-person', 'virtual', 'hybrid']), 'Held.mode may be "hybrid" too'],
    [
      'a value beside the only one',
      changed('properties/precluded', { type: 'boolean', enum: [true, false] }),
      'Held.precluded may be false too',
    ],
    [
      'an alternative',
      changed('definitions/Answer/anyOf', [passed, failed, { type: 'string' }]),
      'Held.answer may be {"type":"string"} too',
    ],
  ])('tells of %s that is added', (_, present, told) => {
    expect(changesOf(held, present)).toEqual({ breaks: [], widens: [told] });
  });
});
