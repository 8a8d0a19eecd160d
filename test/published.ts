/**
 * Every event of the product that a test appends, to whatever store, is held to the schema that `docs/contracts/` publishes of its type:
 * a test fails by one that is of another shape, also where what appended it took the refusal for something else. Types that only tests
 * know are left alone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Ajv from 'ajv';
import type { ValidateFunction } from 'ajv';
import type * as Door from '../src/store/door';

// Loaded only where an event of the product is appended.
let validator: Ajv | undefined;
const ajv = () => (validator ??= new (jest.requireActual<{ default: typeof Ajv }>('ajv').default)({ strict: false, allErrors: true }));
const checks = new Map<string, ValidateFunction | undefined>();
const checkOf = (type: string): ValidateFunction | undefined => {
  if (!checks.has(type)) {
    const path = join(__dirname, `../docs/contracts/events/${type}.schema.json`);
    const isPublished = /^[A-Za-z]+$/.test(type) && existsSync(path);
    checks.set(type, isPublished ? ajv().compile(JSON.parse(readFileSync(path, 'utf8')) as object) : undefined);
  }
  return checks.get(type);
};

const found: string[] = [];
/** What was appended since this was last asked and is not as it is published. */
export const unpublished = (): readonly string[] => found.splice(0);

// What every store asks before it stores anything, and what nothing gets past.
jest.mock('../src/store/door', () => {
  const door = jest.requireActual<typeof Door>('../src/store/door');
  const admit: typeof door.admit = (stream, events, expected) => {
    const written = door.admit(stream, events, expected);
    for (const { type, data } of events) {
      const check = checkOf(type);
      if (check && !check(data)) found.push(`${stream}: ${ajv().errorsText(check.errors, { dataVar: type })}`);
    }
    return written;
  };
  return { ...door, admit };
});

const hold = () => expect(unpublished()).toEqual([]);
afterEach(hold);
afterAll(hold);
