import { fieldsOf, formsBehind, WaiveGate } from '../../src/kernel/corrections';
import { marksOf } from '../../src/kernel/fields';
import { lifecycles } from '../../src/lifecycles/all';
import schema from '../../src/lifecycles/events.schema.json';

interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly object[];
}
const definitions: Readonly<Record<string, Shape>> = schema.definitions;
const resolved = (shape: Shape): Shape => (shape.$ref ? definitions[shape.$ref.slice('#/definitions/'.length)]! : shape);

const isWhole = (form: new () => object, field: string) =>
  (Reflect.getMetadata('swagger/apiModelProperties', form.prototype as object, field) as { type: unknown }).type === 'integer';

/** The types in which an event holds what a form takes as whole numbers, by path. */
const typesOfCounts = (
  form: new () => object,
  shape: Shape,
  above: string,
): readonly (readonly [path: string, type: string | undefined])[] =>
  [...fieldsOf(form)].flatMap((field) => {
    const held = resolved(shape).properties?.[field];
    if (!held) return [];
    const one = resolved(held).items ?? held;
    const smaller = marksOf(form).find((mark) => mark.field === field)?.form;
    if (smaller) return typesOfCounts(smaller, one, `${above}.${field}`);
    return isWhole(form, field) ? [[`${above}.${field}`, resolved(one).type] as const] : [];
  });

const events = definitions['ProductEvents']!.properties!;
const counts = [
  ...typesOfCounts(WaiveGate, events['GateWaived']!, 'GateWaived'),
  ...Object.values(lifecycles).flatMap((of) =>
    [...of.keeping.keys()].flatMap((type) => formsBehind(of, type).flatMap((form) => typesOfCounts(form, events[type]!, type))),
  ),
];

describe('the schema of an event', () => {
  it('asks for a whole number where the command took one (otherwise: declare the field as Whole)', () => {
    expect(counts.map(([path]) => path)).toEqual(
      expect.arrayContaining(['GateWaived.revision', 'MissionHeld.mission', 'PilotFunded.amountMinor', 'CriteriaSet.criteria.weight']),
    );
    expect(counts.filter(([, type]) => type !== 'integer')).toEqual([]);
  });
});
