import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import supertest from 'supertest';
import { contracts } from '../../scripts/contracts-places';
import { commandsOf } from '../../src/http/routes';
import { kebab } from '../../src/http/addresses';
import { lifecycles } from '../../src/lifecycles/all';
import { boot, type Booted } from './booted';

interface Operation {
  operationId: string;
  summary: string;
  security?: object[];
  parameters?: { name: string; required: boolean }[];
  requestBody?: { content: Record<string, { schema: { $ref: string } }> };
  responses: Record<string, { content?: Record<string, object> }>;
}
interface Schema {
  properties: Record<string, object>;
  required?: string[];
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: object };
}

describe('the description for programs', () => {
  let booted: Booted;
  let document: Document;
  beforeAll(async () => {
    booted = await boot({ lifecycles });
    document = (await supertest(booted.server).get('/openapi.json').expect(200)).body as Document;
  });
  afterAll(() => booted.close());

  const operations = () => Object.values(document.paths).flatMap((path) => Object.values(path));
  const schemaOf = (operation: Operation) =>
    document.components.schemas[operation.requestBody!.content['application/json']!.schema.$ref.slice('#/components/schemas/'.length)]!;

  it('is OpenAPI 3.1, and whatever it refers to is there', () => {
    expect(document.openapi).toBe('3.1.0');
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) expect(document.components.schemas).toHaveProperty(name!);
    for (const [address, path] of Object.entries(document.paths)) {
      const named = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(path))
        expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
    }
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    // 3.1 has no `nullable`, and types of lists are written as lists.
    expect(text).not.toContain('"nullable"');
  });

  it('is what docs/contracts publishes (otherwise: npm run contracts)', () => {
    expect(document).toEqual(JSON.parse(readFileSync(join(contracts, 'openapi.json'), 'utf8')));
  });

  it.each(Object.values(lifecycles).map((of) => [of.name, of] as const))('has every command of %s with its fields', (_, of) => {
    for (const [name, { form }] of commandsOf(of)) {
      const operation = document.paths[`/v1/${of.plural}/{id}/${kebab(name)}`]!['post']!;
      expect(operation.operationId).toBe(`${of.name}${name}`);
      const fields = (Reflect.getMetadata('swagger/apiModelPropertiesArray', form.prototype as object) ?? []) as string[];
      expect(Object.keys(schemaOf(operation).properties).sort()).toEqual([...fields.map((field) => field.slice(1)), 'occurredOn'].sort());
      expect(operation.parameters?.find((each) => each.name === 'If-Match')?.required).toBe(name === 'Correct');
    }
    for (const address of [`/v1/${of.plural}`, `/v1/${of.plural}/{id}`, `/v1/${of.plural}/{id}/timeline`, `/v1/${of.plural}/{id}/next`])
      expect(document.paths[address]).toHaveProperty('get');
  });

  it('says of a field what is checked of it', () => {
    const { properties, required } = schemaOf(document.paths['/v1/pairings/{id}/hold-mission']!['post']!);
    expect(properties['mission']).toMatchObject({ type: 'integer', minimum: 1, maximum: 20 });
    expect(properties['place']).toMatchObject({ type: 'string', maxLength: 200 });
    expect(required).toContain('delegates');
    expect(required).not.toContain('occurredOn');
  });

  it('says of every operation who is asked for a token and which problems there are', () => {
    expect(document.components.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } });
    for (const operation of operations()) {
      const open = /^(health|schema)/.test(operation.operationId);
      expect([operation.operationId, operation.security !== undefined]).toEqual([operation.operationId, !open]);
      if (!open)
        for (const status of ['400', '401', '403', '429', '503'])
          expect(Object.keys(operation.responses[status]!.content!)).toEqual(['application/problem+json']);
    }
  });

  it('calls things as people do, with their article', () => {
    const summaryOf = (path: string) => document.paths[path]!['get']!.summary;
    expect(summaryOf('/v1/applications/{id}/timeline')).toBe('All that was recorded of an application, in order, with corrections');
    expect(summaryOf('/v1/pairings/{id}/next')).toBe('What the caller can do now with a pairing, and what waits for which gate');
    expect(summaryOf('/v1/rule-sets/{id}')).toBe('One rule set: what is in force');
    expect(operations().filter(({ summary }) => /\b(a [aeiou]|ruleSet|dataSet)/.test(summary))).toEqual([]);
  });

  it('can be read by people', async () => {
    const page = await supertest(booted.server).get('/docs').expect(200);
    expect(page.text).toContain('swagger-ui');
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/<script>[^<]/);
  });
});
