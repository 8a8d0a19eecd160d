import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { roles } from '../kernel/fields';
import { tableFormats } from '../out/exports';
import type { Standpoint } from '../out/table';
import { type TableName, tableNames } from '../out/tables';
import { oneOf, parametersOf } from './addresses';
import { axes, type AxesAsked, pinned, questionIn } from './axes';
import { ApiForCallers, ApiProblems, text } from './documented';
import { ApiAwaits, ApiAxes } from './documented-reads';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { notFound } from './problems';
import { personal } from './things';
import { awaitCovered } from './waiting';

const format = oneOf(tableFormats);
const mediaTypes = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml; charset=utf-8',
} as const;
type Ending = keyof typeof mediaTypes;

const ApiExport = (summary: string, operationId: string, ...types: readonly Ending[]) =>
  applyDecorators(
    ApiOperation({ operationId, summary }),
    ...ApiAxes(),
    ...ApiAwaits(),
    ApiProduces(...types.map((each) => mediaTypes[each].split(';')[0]!)),
    ApiResponse({
      status: 200,
      description:
        'To be saved as a file; the same standpoint in the same language gives the same bytes. It names no position: Content-Location does, and no language: whoever asks there again sends the Content-Language of this answer as Accept-Language',
      headers: {
        'Content-Location': text('The address that gives these bytes again, asked in the same language'),
        'Content-Language': text('The language of labels and notes, chosen by Accept-Language'),
        Vary: text('Authorization, Accept-Language'),
        'Content-Disposition': text('What to save it as'),
      },
    }),
    ApiForCallers(),
  );

/** What leaves the house, as files: each as it stood on both axes of time. Persons and protected texts are in none of them. */
@ApiTags('exports')
@Controller('v1/exports')
export class ExportRoutes {
  constructor(private readonly reading: Reading) {}

  @Get()
  @MayCall(...roles)
  @ApiOperation({ operationId: 'exports', summary: 'The tables that can be exported, and what each of their columns means (Table Schema)' })
  @ApiResponse({
    status: 200,
    description: 'The tables',
    schema: { type: 'object', properties: { tables: { type: 'array', items: { type: 'object', additionalProperties: true } } } },
  })
  @ApiForCallers()
  list(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    parametersOf(request, {});
    personal(response);
    return {
      tables: this.reading.exports.list().map((table) => ({ ...table, href: `/v1/exports/${table.name}` })),
      ...{ workbook: '/v1/exports/workbook', datapackage: '/v1/exports/datapackage', iati: '/v1/exports/iati' },
    };
  }

  @Get('datapackage')
  @MayCall(...roles)
  @ApiExport('What describes the tables as CSV files beside it (Frictionless Data Package)', 'exportDatapackage', 'json')
  async datapackage(@Req() request: Request, @Res() response: Response): Promise<void> {
    const on = await this.standpoint(request, parametersOf(request, axes));
    const described = await this.reading.exports.datapackage(on);
    await this.headers('datapackage', 'json', on, request, response);
    response.setHeader('Content-Disposition', 'attachment; filename="datapackage.json"');
    response.end(`${JSON.stringify(described, null, 2)}\n`);
  }

  @Get('workbook')
  @MayCall(...roles)
  @ApiExport('All tables as one spreadsheet (.xlsx), a sheet for each', 'exportWorkbook', 'xlsx')
  async workbook(@Req() request: Request, @Res() response: Response): Promise<void> {
    const on = await this.standpoint(request, parametersOf(request, axes));
    await this.send(() => this.reading.exports.workbook(on), 'workbook', 'xlsx', on, request, response);
  }

  @Get('iati')
  @MayCall(...roles)
  @ApiExport('Programmes, components, pairings and PIPAs as activities by IATI 2.03', 'exportIati', 'xml')
  async iati(@Req() request: Request, @Res() response: Response): Promise<void> {
    const on = await this.standpoint(request, parametersOf(request, axes));
    await this.send(() => this.reading.exports.iati(on), 'iati', 'xml', on, request, response);
  }

  @Get(':id')
  @MayCall(...roles)
  @ApiParam({ name: 'id', description: 'The table', schema: { type: 'string', enum: [...tableNames] } })
  @ApiQuery({ name: 'format', required: false, schema: { type: 'string', enum: [...tableFormats], default: 'json' } })
  @ApiExport('A table as JSON, CSV or a spreadsheet (.xlsx)', 'exportTable', 'json', 'csv', 'xlsx')
  @ApiProblems(404)
  async table(@Req() request: Request, @Res() response: Response): Promise<void> {
    const id = String(request.params['id']);
    const name: TableName | undefined = tableNames.find((each) => each === id);
    if (!name) throw notFound('export', id.slice(0, 80));
    const { format: as = 'json', ...asked } = parametersOf(request, { ...axes, format });
    const on = await this.standpoint(request, asked);
    await this.send(() => this.reading.exports.table(name, as, on), name, as, on, request, response);
  }

  /** @throws Malformed; Problem OTHER_EPOCH, NOT_CAUGHT_UP; Rejected as `resolve` does */
  private async standpoint(request: Request, asked: AxesAsked): Promise<Standpoint> {
    const question = await questionIn(this.reading, request, asked);
    const on = await this.reading.exports.standpoint({ ...question, language: languageOf(request) });
    // Of what is no figure, the timeline says which streams there were.
    await awaitCovered(this.reading, request, on.position, ['timeline', 'indicators']);
    return on;
  }

  private async headers(name: string, as: Ending, on: Standpoint, { query }: Request, response: Response): Promise<void> {
    const epoch = await this.reading.epoch();
    const again = new URLSearchParams({ ...(typeof query['format'] === 'string' && { format: as }), ...pinned({ ...on, epoch }) });
    personal(response);
    response.setHeader('Content-Type', mediaTypes[as]);
    response.setHeader('Content-Language', on.language);
    response.setHeader('Content-Location', `/v1/exports/${name}?${again.toString()}`);
    response.setHeader('Content-Disposition', `attachment; filename="${name}-${on.asOf}.${as}"`);
  }

  /** What fails once it is under way leaves the answer cut short. */
  private async send(
    made: () => Promise<Readable>,
    ...[name, as, on, request, response]: [name: string, as: Ending, on: Standpoint, request: Request, response: Response]
  ): Promise<void> {
    const bytes = request.method === 'HEAD' ? undefined : await made();
    await this.headers(name, as, on, request, response);
    if (bytes) await pipeline(bytes, response);
    else response.end();
  }
}
