import supertest from 'supertest';
import { filters } from '../../src/http/lists';
import { lifecycles } from '../../src/lifecycles/all';
import schema from '../../src/lifecycles/events.schema.json';
import * as states from '../states';
import { boot, type Booted } from './booted';

interface Parameter {
  readonly name: string;
  readonly schema: { readonly enum?: readonly string[] };
}
interface Document {
  readonly paths: Readonly<Record<string, { readonly get: { readonly parameters: readonly Parameter[] } }>>;
}

describe('a list narrowed by one of a few values', () => {
  let booted: Booted;
  let document: Document;
  beforeAll(async () => {
    booted = await boot({ lifecycles });
    document = (await supertest(booted.server).get('/openapi.json').expect(200)).body as Document;
  });
  afterAll(() => booted.close());

  const allowed = (plural: string, name: string) =>
    document.paths[`/v1/${plural}`]!.get.parameters.find((each) => each.name === name)?.schema.enum ?? [];
  const get = (address: string, language = 'en') => booted.as('evaluator').get(`/v1/${address}`).set('Accept-Language', language);

  it.each([
    ['pairings', 'phase', 'en', 'must be one of these: '],
    ['pairings', 'nextStep', 'es', 'debe ser uno de estos: '],
    ['calls', 'component', 'pt', 'deve ser um destes: '],
    ['calls', 'phase', 'en', 'must be one of these: '],
    ['applications', 'phase', 'es', 'debe ser uno de estos: '],
    ['parties', 'kind', 'pt', 'deve ser um destes: '],
  ])(
    'GET /v1/%s?%s= takes what the description lists and refuses the rest, naming what it takes (%s)',
    async (plural, name, language, says) => {
      const values = allowed(plural, name);
      expect(values.length).toBeGreaterThan(2);
      for (const value of values) await get(`${plural}?${name}=${value}`).expect(200);
      for (const unknown of ['foo', `${values[0]!}s`, '', 'absent', 'toString']) {
        const answer = await get(`${plural}?${name}=${unknown}`, language).expect(400);
        expect(answer.body).toMatchObject({
          code: 'MALFORMED',
          errors: [{ path: name, code: 'NOT_ONE_OF', problem: `${says}${values.join(', ')}` }],
        });
      }
    },
  );

  it('takes every phase that a pairing can stand in, every kind of party and every component there is', () => {
    const events = schema.definitions.ProductEvents.properties;
    expect(allowed('parties', 'kind')).toEqual(events.PartyRegistered.properties.kind.enum);
    expect(allowed('calls', 'component')).toEqual(schema.definitions.Component.enum);
    const reached = Object.values(states)
      .flatMap((state) => ('history' in state ? [state.state.course.phase] : []))
      .filter((phase) => phase !== 'absent');
    expect(new Set(reached).size).toBeGreaterThan(2);
    for (const phase of reached) expect(allowed('pairings', 'phase')).toContain(phase);
  });

  it('is described with what each parameter takes', () => {
    for (const { name, plural } of Object.values(lifecycles))
      for (const [parameter, { schema: taken }] of Object.entries(filters[name] ?? {}))
        expect(document.paths[`/v1/${plural}`]!.get.parameters.find((each) => each.name === parameter)).toMatchObject({ schema: taken });
  });
});
