import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { otherRoutes } from '../../src/http/http.module';
import { type Route, routesIn } from '../../src/http/route-audit';
import { commandsOf, routesOf } from '../../src/http/routes';
import { kebab } from '../../src/http/addresses';
import { lifecycles } from '../../src/lifecycles/all';

const all = Object.values(lifecycles);

/** A route with what OpenAPI says of it. */
interface Documented extends Route {
  readonly parameters: readonly string[];
  readonly responses: Readonly<Record<string, { readonly headers?: object; readonly schema?: { readonly properties?: object } }>>;
}
const documentedIn = (controller: Type): readonly Documented[] =>
  routesIn(controller).map((route) => {
    const handler = (controller.prototype as Readonly<Record<string, object>>)[route.name]!;
    const parameters = (Reflect.getMetadata('swagger/apiParameters', handler) ?? []) as readonly { readonly name: string }[];
    const responses = (Reflect.getMetadata('swagger/apiResponse', handler) ?? {}) as Documented['responses'];
    return { ...route, parameters: parameters.map(({ name }) => name), responses };
  });
const routes = [...all.map(routesOf), ...otherRoutes].flatMap(documentedIn);
const named = ({ method, path }: Route) => `${method} ${path}`;
const of = (paths: readonly string[]) => {
  const found = routes.filter((route) => paths.includes(named(route)));
  expect(found.map(named).sort()).toEqual([...paths].sort());
  return found;
};

const plurals = all.map(({ plural }) => plural);
const commands = all.flatMap((one) => commandsOf(one).map(([name]) => `POST /v1/${one.plural}/:id/${kebab(name)}`));
/** Pages of what read models hold. */
const pages = [
  ...plurals.flatMap((plural) => [`GET /v1/${plural}`, `GET /v1/${plural}/:id/timeline`]),
  ...['eligibility', 'ranking', 'what-if-ranking', 'candidates'].map((what) => `GET /v1/calls/:id/${what}`),
  'GET /v1/evaluations/:id/citations',
  'GET /v1/due',
];
/** Read from the events of one thing. */
const things = [...plurals.map((plural) => `GET /v1/${plural}/:id`), 'GET /v1/pairings/:id/focal-points', 'GET /v1/pairings/:id/budget'];
const nexts = plurals.map((plural) => `GET /v1/${plural}/:id/next`);
/** Figures, each on both axes of time. */
const figures = [...['', '/evidence', '/series'].map((what) => `GET /v1/indicators/:id${what}`), 'GET /v1/results-frameworks/:id/progress'];
/** Files, each of which stands on both axes of time. */
const files = ['/datapackage', '/workbook', '/iati', '/:id'].map((what) => `GET /v1/exports${what}`);
/** What else can be asked as of a day, as known then: things, their timelines and what is read of one, the board. */
const past = [...things, ...plurals.map((plural) => `GET /v1/${plural}/:id/timeline`), 'GET /v1/pairings'];
/** What is neither of events nor a page of them. */
const others = [
  ...[
    'GET /v1/me',
    'POST /v1/actors',
    'POST /v1/texts/:id/forget',
    'GET /v1/report',
    'GET /v1/claim-register',
    'GET /v1/process',
    'GET /v1/position',
    'GET /v1/events',
    'GET /v1/events/stream',
    ...['/claims', '/claims/:claim/acknowledge', '/claims/:claim/extend', '/ping', '/retry', '/secrets'].map(
      (what) => `POST /v1/subscriptions/:id${what}`,
    ),
    ...['/status', '/deliveries', '/secrets'].map((what) => `GET /v1/subscriptions/:id${what}`),
  ],
  ...['GET /v1/exports', ...files],
  ...['GET /v1/indicators', 'GET /v1/indicators/:id/difference'],
  ...['POST /v1/persons', 'GET /v1/persons', 'GET /v1/persons/:id', 'PATCH /v1/persons/:id', 'DELETE /v1/persons/:id'],
  ...['POST /v1/documents', 'GET /v1/documents/:digest', 'PATCH /v1/documents/:digest', 'POST /v1/documents/:digest/erase'],
  ...['GET /v1/schemas', 'GET /v1/schemas/:type'],
  ...['GET /health/live', 'GET /health/ready', 'GET /metrics', 'GET /openapi.json'],
];

describe('every route', () => {
  it('belongs to a kind, so that what holds for that kind holds for it', () => {
    expect(routes.map(named).sort()).toEqual([...commands, ...pages, ...things, ...nexts, ...figures, ...others].sort());
  });

  it('that gives a command takes Idempotency-Key, If-Match and Puente-Dry-Run, and answers a receipt that can be read up to', () => {
    for (const { parameters, responses, ...route } of of(commands)) {
      expect([named(route), parameters]).toEqual([named(route), expect.arrayContaining(['Idempotency-Key', 'If-Match', 'Puente-Dry-Run'])]);
      for (const status of ['200', '201'])
        expect(Object.keys(responses[status]!.headers!)).toEqual(expect.arrayContaining(['ETag', 'Puente-Position', 'Location']));
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['409', '412', '422']));
    }
  });

  it('that answers a page goes on by cursor and Link, and can wait for what the caller wrote', () => {
    for (const { parameters, responses, ...route } of of(pages)) {
      expect([named(route), parameters]).toEqual([named(route), expect.arrayContaining(['after', 'limit', 'Puente-Position', 'Prefer'])]);
      expect(responses['200']).toMatchObject({ headers: { Link: {} }, schema: { properties: { items: {}, next: {} } } });
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['410', '503']));
    }
    for (const { parameters, responses } of of(['GET /v1/persons'])) {
      expect(parameters).toEqual(expect.arrayContaining(['after', 'limit']));
      expect(responses['200']).toMatchObject({ headers: { Link: {} } });
    }
  });

  it('that answers a figure or a file asks what had happened by when, as known when or at which position', () => {
    for (const { parameters, responses, ...route } of of([
      ...figures,
      ...files,
      'GET /v1/report',
      'GET /v1/claim-register',
      'GET /v1/process',
    ])) {
      expect([named(route), parameters]).toEqual([
        named(route),
        expect.arrayContaining(['asOf', 'knownAt', 'position', 'Puente-Position']),
      ]);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '409', '410']));
    }
    for (const { parameters } of of(['GET /v1/indicators/:id/difference']))
      expect(parameters).toEqual(expect.arrayContaining(['asOf', 'from', 'to']));
  });

  it('of a thing, its timeline or the board can be asked as of a day, as known when or at which position; no other', () => {
    for (const { parameters, responses, ...route } of of(past)) {
      expect([named(route), parameters]).toEqual([named(route), expect.arrayContaining(['asOf', 'knownAt', 'position', 'Prefer'])]);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '409', '410']));
      expect(responses['200']).toMatchObject({ schema: { properties: { asOf: {}, knownAt: {}, position: {}, epoch: {} } } });
    }
    const onAxes = routes.filter(({ parameters }) => ['asOf', 'knownAt', 'position'].some((axis) => parameters.includes(axis)));
    expect(onAxes.map(named).sort()).toEqual(
      [
        ...figures,
        ...files,
        ...past,
        'GET /v1/report',
        'GET /v1/claim-register',
        'GET /v1/process',
        'GET /v1/indicators/:id/difference',
      ].sort(),
    );
  });

  it('that shows one thing says its revision, and is never spared: what is forgotten must not live on', () => {
    for (const { parameters, responses, ...route } of of(things)) {
      expect([named(route), parameters]).toEqual([named(route), expect.arrayContaining(['Puente-Position'])]);
      expect(responses['200']).toMatchObject({ headers: { ETag: {} } });
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['404', '410']));
      expect(Object.keys(responses)).not.toContain('304');
    }
  });

  it('that says what is next says the revision it was asked at, and is never spared', () => {
    for (const { parameters, responses } of of(nexts)) {
      expect(parameters).toEqual(expect.arrayContaining(['on', 'Puente-Position']));
      expect(responses['200']).toMatchObject({ headers: { ETag: {} } });
      expect(Object.keys(responses)).not.toContain('304');
    }
  });
});
