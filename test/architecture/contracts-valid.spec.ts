import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticSeverity, Parser } from '@asyncapi/parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import Ajv from 'ajv';
import { contracts } from '../../scripts/contracts-places';
import { eventTypes } from '../../src/delivery/contracts';
import { cloudEvent, originAt } from '../../src/delivery/envelope';
import { metadata } from '../stores/events';

/** Of the rules that say what a description may be, rather than how somebody likes it. */
const openApiRules = [
  ...['struct', 'no-unresolved-refs', 'operation-operationId-unique', 'operation-operationId-url-safe', 'operation-parameters-unique'],
  ...['path-parameters-defined', 'no-identical-paths', 'no-path-trailing-slash', 'path-declaration-must-exist', 'path-not-include-query'],
  ...['no-enum-type-mismatch', 'no-schema-type-mismatch', 'no-required-schema-properties-undefined', 'no-invalid-schema-examples'],
  ...['no-invalid-media-type-examples', 'no-invalid-parameter-examples', 'spec-components-invalid-map-name'],
];
const textOf = (name: string) => readFileSync(join(contracts, name), 'utf8');
const read = (name: string) => JSON.parse(textOf(name)) as object;

describe('a contract that is published', () => {
  it('of an event is a JSON Schema that needs no other', () => {
    const names = readdirSync(join(contracts, 'events'));
    expect(names.length).toBeGreaterThan(100);
    for (const name of names) expect(() => new Ajv({ strictTypes: false }).compile(read(join('events', name)))).not.toThrow();
  });

  it('of the envelope holds of an event as it is sent', () => {
    const check = new Ajv({ strictTypes: false }).compile(read('cloudevent.schema.json'));
    const recorded = {
      ...{ stream: 'pairing-one', revision: 0, position: 1n, recordedAt: '2021-01-01T12:00:00.000Z' },
      ...{ id: '5b0d9f0a-3a77-4c1c-8d0c-0b8a1a7e2c44', type: 'ThemeAgreed', data: { theme: 'housing' }, metadata },
    };
    const event = cloudEvent(recorded, { actor: 'reader', roles: [] }, originAt(undefined));
    expect([check(JSON.parse(JSON.stringify(event))), check.errors]).toEqual([true, null]);
    expect(check({ ...event, specversion: '0.3' })).toBe(false);
  });

  it('of the API is OpenAPI 3.1 by every rule of what that may be', async () => {
    const source = textOf('openapi.json');
    expect(JSON.parse(source)).toMatchObject({ openapi: '3.1.0' });
    const config = await createConfig({ rules: Object.fromEntries(openApiRules.map((rule) => [rule, 'error'])) });
    const problems = await lintFromString({ source, absoluteRef: join(contracts, 'openapi.json'), config });
    expect(problems.map(({ ruleId, message, location: [at] }) => `${ruleId}: ${message} (${at?.pointer ?? ''})`)).toEqual([]);
  });

  it('of events on their way is AsyncAPI 3.0', async () => {
    const { document, diagnostics } = await new Parser().parse(textOf('asyncapi.json'));
    expect(diagnostics.filter(({ severity }) => DiagnosticSeverity[severity] === 'Error')).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
    expect(
      document
        ?.channels()
        .all()
        .map((channel) => channel.messages().all().length),
    ).toEqual([eventTypes.length, eventTypes.length]);
  });
});
