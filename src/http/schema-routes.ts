import { createHash } from 'node:crypto';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { bareType, eventTypeOf, eventTypes, publishedSchema } from '../delivery/contracts';
import { parametersOf } from './addresses';
import { ApiProblems, text } from './documented';
import { Public } from './may-call';
import { nearest } from './nearest';
import { notFound } from './problems';

const schemaMediaType = 'application/schema+json';
const unlessKnown = ApiHeader({ name: 'If-None-Match', required: false, ...text('The ETag of an earlier answer') });
const known = ApiResponse({ status: 304, description: 'The caller has it' });
const headers = { ETag: text('Changes when the answer does'), 'Cache-Control': text('For how long it need not be asked for again') };

const digests = new WeakMap<object, string>();

/** The same for everybody, until another version of Puente is installed. */
const lasting = (answer: object, response: Response): object => {
  const digest = digests.get(answer) ?? createHash('sha256').update(JSON.stringify(answer)).digest('base64url');
  digests.set(answer, digest);
  response.setHeader('Cache-Control', 'public, max-age=3600');
  response.setHeader('ETag', `"${digest}"`);
  return answer;
};
const listed = (type: string) => ({
  type,
  description: publishedSchema(type)!.description,
  links: { schema: `/v1/schemas/${type}` },
});

/** What the data of events looks like, for whoever receives them: open to everybody, since a contract is no secret. */
@ApiTags('events')
@Controller('v1/schemas')
export class SchemaRoutes {
  private all: object | undefined;

  @Get()
  @Public()
  @ApiOperation({ operationId: 'schemaList', summary: 'Every type of event, what it says, and where its schema is' })
  @unlessKnown
  @ApiResponse({
    status: 200,
    description: 'All of them',
    headers,
    schema: {
      type: 'object',
      required: ['items'],
      properties: {
        items: {
          type: 'array',
          items: {
            type: 'object',
            required: ['type', 'description', 'links'],
            properties: {
              type: { type: 'string', example: 'MissionHeld' },
              description: { type: 'string' },
              links: { type: 'object', required: ['schema'], properties: { schema: { type: 'string' } } },
            },
          },
        },
      },
    },
  })
  @known
  @ApiProblems(400, 429)
  list(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    parametersOf(request, {});
    return lasting((this.all ??= { items: eventTypes.map(listed) }), response);
  }

  @Get(':type')
  @Public()
  @ApiOperation({
    operationId: 'schemaShow',
    summary: 'The JSON Schema (draft-07) of the data of one type of event',
    description:
      'Complete in itself. Fields may be added to events and are optional then; none is renamed, removed or given another meaning: let pass what the schema does not name.',
  })
  @ApiParam({
    name: 'type',
    ...text(
      'As its name alone, as events have it in `type` or in `dataschema`: `MissionHeld`, `eu.puente.MissionHeld`, `urn:puente:schema:MissionHeld`',
    ),
  })
  @unlessKnown
  @ApiResponse({
    status: 200,
    description: 'The schema',
    headers,
    content: { [schemaMediaType]: { schema: { type: 'object', additionalProperties: true } } },
  })
  @known
  @ApiProblems(400, 404, 429)
  show(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    parametersOf(request, {});
    const asked = String(request.params['type']);
    const type = eventTypeOf(asked);
    const schema = type && publishedSchema(type);
    if (!schema) throw notFound('schema', asked, nearest(bareType(asked), eventTypes));
    response.setHeader('Content-Type', `${schemaMediaType}; charset=utf-8`);
    return lasting(schema, response);
  }
}
