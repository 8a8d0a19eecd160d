import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Cursor, readCursor } from '../delivery/cursor';
import { roles } from '../kernel/fields';
import { isInstant } from '../kernel/partial-date';
import { everies } from '../monitoring/monitoring';
import { nextLink, oneOf, pageSize, type Parameter, parameters, parametersOf, thingIn } from './addresses';
import { callerOf } from './auth';
import { axes, pinned, questionIn } from './axes';
import { ApiForCallers, ApiProblems, text } from './documented';
import { ApiAwaits, ApiAxes, link } from './documented-reads';
import { addressesOf, linked } from './figure-addresses';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { type FigureQuestion, Reading } from './ports';
import { malformed, notFound, type Problem } from './problems';
import { mayReadWords } from './reads';
import { personal } from './things';
import { awaitPosition, mustBeOfThisEpoch } from './waiting';

type Where = Readonly<Record<string, string>>;
const where: Parameter<Where> = [
  (given) => {
    const pairs = given.split(/,(?=[a-z][a-z0-9-]{0,79}:)/i).map((each) => /^([a-z][a-z0-9-]{0,79}):(.{1,200})$/i.exec(each));
    const read = pairs.flatMap((pair) => (pair ? [[pair[1]!, pair[2]!] as const] : []));
    const distinct = new Set(read.map(([name]) => name));
    return read.length === pairs.length && distinct.size === read.length && given.isWellFormed() && !/\p{Cc}/u.test(given)
      ? Object.fromEntries(read)
      : undefined;
  },
  'NOT_CONDITIONS',
];
const moment: Parameter<{ readonly knownAt: string } | Cursor> = [
  (given) => (isInstant(given) ? { knownAt: given } : readCursor(given)),
  'NOT_A_MOMENT',
];
const every = oneOf(everies);
const version: Parameter<number> = [
  (given) => (/^[1-9]\d{0,5}$/.test(given) ? Number(given) : undefined),
  'OUT_OF_RANGE',
  { min: 1, max: 999_999 },
];
const figure = { asOf: axes.asOf, version, where };
const onAxes = { ...figure, ...axes };
const paged = { after: parameters.cursor, limit: parameters.limit };

const ApiOnAxes = applyDecorators(...ApiAxes());
const ApiFigure = (...more: readonly MethodDecorator[]) =>
  applyDecorators(
    ApiParam({ name: 'id', description: 'Code of the indicator' }),
    ApiQuery({
      name: 'version',
      required: false,
      description: 'The latest by then when left out',
      schema: { type: 'integer', minimum: 1 },
    }),
    ApiQuery({ name: 'where', required: false, ...text('Of these facts only: `component:C1,side:european`') }),
    ...more,
    ...ApiAwaits(),
    ApiForCallers(),
    ApiProblems(404, 409),
  );
const ApiPaged = applyDecorators(
  ApiQuery({ name: 'after', required: false, ...text('Cursor of the page before') }),
  ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } }),
);
const answer = (description: string) =>
  ApiResponse({ status: 200, description, headers: link, schema: { type: 'object', additionalProperties: true } });

/** Every figure: which events, as known when. */
@ApiTags('indicators')
@Controller('v1/indicators')
export class IndicatorRoutes {
  constructor(private readonly reading: Reading) {}

  @Get()
  @MayCall(...roles)
  @ApiOperation({ operationId: 'indicators', summary: 'What is counted, each with its rule and the dimensions it can be asked by' })
  @applyDecorators(...ApiAwaits())
  @answer('The indicators, each in its latest version')
  @ApiForCallers()
  async list(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    parametersOf(request, {});
    await awaitPosition(this.reading, request);
    this.inLanguage(request, response);
    const items = await this.reading.indicators(languageOf(request));
    return { items: items.map((each) => ({ ...each, href: `/v1/indicators/${each.code}` })) };
  }

  @Get(':id')
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'indicator',
    summary: 'A figure: of what had happened by a day, as it was known at an instant, as a whole and by a dimension',
  })
  @ApiFigure(ApiOnAxes, ApiQuery({ name: 'by', required: false, ...text('Also for each value of this dimension') }))
  @answer('The figure, with the version of its rule and the position it stands on; the same question gives the same bytes')
  async figure(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const { by, ...asked } = parametersOf(request, { ...onAxes, by: parameters.text });
    const question = await this.question(request, response, asked);
    const found = await this.reading.figure({ ...question, by });
    if (!found) throw this.unknown(question);
    const at = addressesOf(found);
    return { ...found, links: { self: at(''), evidence: at('/evidence'), series: at('/series', 'every=month') } };
  }

  @Get(':id/evidence')
  @MayCall(...roles)
  @ApiOperation({ operationId: 'indicatorEvidence', summary: 'The events behind a figure, each with its sentence and its timeline' })
  @ApiFigure(ApiOnAxes, ApiPaged)
  @answer('A page of the facts that the figure rests on, in the order in which they were recorded')
  async evidence(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const { after, limit, ...asked } = parametersOf(request, { ...onAxes, ...paged });
    const question = await this.question(request, response, asked);
    const found = await this.reading.evidence({ ...question, after, limit: pageSize({ limit }), ...readerOf(request) });
    if (!found) throw this.unknown(question);
    if (found.next !== undefined) response.setHeader('Link', nextLink(request, found.next, pinned(found)));
    return { ...found, items: found.items.map(linked), links: { figure: addressesOf(found)('') } };
  }

  @Get(':id/difference')
  @MayCall(...roles)
  @ApiOperation({ operationId: 'indicatorDifference', summary: 'Which events made a figure change between two moments of knowledge' })
  @ApiFigure(
    ApiQuery({ name: 'asOf', required: false, ...text('Day, YYYY-MM-DD; the day of `to` when left out', { format: 'date' }) }),
    ApiQuery({ name: 'from', required: true, ...text('Instant with its offset, or `<position>.<epoch>` that an answer named') }),
    ApiQuery({ name: 'to', required: false, ...text('The same; now when left out') }),
    ApiPaged,
  )
  @answer('The figure at both moments, and a page of the facts that came or went in between, each with the event by which it did')
  async difference(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const { after, limit, from, to, ...asked } = parametersOf(request, { ...figure, ...paged, from: moment, to: moment });
    if (from === undefined) throw malformed('from', 'MISSING');
    const question = await this.question(request, response, asked, from, to);
    const found = await this.reading.difference({
      ...question,
      ...{ from: without(from), to: without(to ?? {}), after, limit: pageSize({ limit }) },
      ...readerOf(request),
    });
    if (!found) throw this.unknown(question);
    if (found.next !== undefined) response.setHeader('Link', nextLink(request, found.next));
    return { ...found, items: found.items.map(linked) };
  }

  @Get(':id/series')
  @MayCall(...roles)
  @ApiOperation({ operationId: 'indicatorSeries', summary: 'A figure at the end of each period, all as known at one moment' })
  @ApiFigure(
    ApiOnAxes,
    ApiQuery({ name: 'every', required: true, schema: { type: 'string', enum: [...everies] } }),
    ApiQuery({
      name: 'from',
      required: false,
      ...text('A day of the first period; that of the first fact when left out', { format: 'date' }),
    }),
  )
  @answer('The points, from the first period to `asOf`')
  async series(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const { every: period, from, ...asked } = parametersOf(request, { ...onAxes, every, from: parameters.text });
    if (period === undefined) throw malformed('every', 'MISSING');
    const question = await this.question(request, response, asked);
    const found = await this.reading.series({ ...question, every: period, from });
    if (!found) throw this.unknown(question);
    return { ...found, links: { figure: addressesOf(found)('') } };
  }

  /** @throws Problem OTHER_EPOCH for a position of another store */
  private async question(
    request: Request,
    response: Response,
    asked: {
      readonly asOf?: string;
      readonly knownAt?: string;
      readonly position?: Cursor;
      readonly version?: number;
      readonly where?: Where;
    },
    ...moments: readonly (object | undefined)[]
  ): Promise<FigureQuestion> {
    const code = thingIn(request);
    const { version, where, ...onAxes } = asked;
    for (const each of moments) if (each && 'epoch' in each) await mustBeOfThisEpoch(this.reading, each as Cursor);
    const question = await questionIn(this.reading, request, onAxes);
    this.inLanguage(request, response);
    return { code, version, where, ...question, language: languageOf(request) };
  }

  private inLanguage(request: Request, response: Response): void {
    response.setHeader('Content-Language', languageOf(request));
    personal(response);
  }
  private unknown({ code, version: asked }: FigureQuestion): Problem {
    return notFound('indicator', asked === undefined ? code : `${code}@${asked}`);
  }
}

const without = ({ knownAt, position }: Partial<Cursor> & { readonly knownAt?: string }) => ({
  ...(knownAt === undefined ? {} : { knownAt }),
  ...(position === undefined ? {} : { position: String(position) }),
});
const readerOf = (request: Request) => ({ words: mayReadWords(request), reader: callerOf(request) });
