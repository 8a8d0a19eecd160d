import { applyDecorators, type BeforeApplicationShutdown, Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { cursorText } from '../delivery/cursor';
import { cloudEvent, type Origin } from '../delivery/envelope';
import { EventStreams } from '../delivery/event-streams';
import { Feed } from '../delivery/feed';
import { roles } from '../kernel/fields';
import { closedDimensions } from '../lifecycles/event-dimensions';
import { nextLink, pageSize, parametersOf } from './addresses';
import { callerOf } from './auth';
import { anEvent, ApiForCallers, ApiProblems, text } from './documented';
import { dimensions, eventParameters, filterIn, lastEventIdOf, startOf, streamParameters } from './event-parameters';
import { waitOf } from './headers';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { personal } from './things';

/** Of the installation that answers. */
export const originKey = Symbol('origin of events');
const lines = 'application/x-ndjson';
const eventStream = 'text/event-stream';

const valuesOf = (dimension: string) =>
  dimension === 'country' ? { pattern: '^[A-Z]{2}$' } : closedDimensions[dimension] ? { enum: [...closedDimensions[dimension]] } : {};
const ApiFilter = () =>
  applyDecorators(
    ApiQuery({ name: 'lifecycle', required: false, ...text('Of these lifecycles, with commas between: `pairing,call`') }),
    ApiQuery({
      name: 'type',
      required: false,
      ...text('Of these types, with commas between: `MissionHeld`, or `eu.puente.MissionHeld` as events have it'),
    }),
    ApiQuery({ name: 'stream', required: false, ...text('Of these streams, with commas between: `pairing-ibague-graz`') }),
    ...dimensions.map((name) =>
      ApiQuery({
        name,
        required: false,
        ...text(`Where \`${name}\` was this when the event was recorded; a correction also as what it corrects`, valuesOf(name)),
      }),
    ),
  );

/** The log for downstream services: page by page, or as it is recorded. */
@ApiTags('events')
@Controller('v1/events')
export class EventRoutes implements BeforeApplicationShutdown {
  constructor(
    private readonly reading: Reading,
    private readonly feed: Feed,
    private readonly streams: EventStreams,
    @Inject(originKey) private readonly origin: Origin,
  ) {}

  beforeApplicationShutdown(): void {
    this.streams.close();
  }

  @Get()
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'events',
    summary: 'What was recorded after a cursor, in the order of recording',
    description:
      'Each event with the cursor behind it; `next` says where to go on, also where nothing passed the filter. `more` says that there may be more at once. One answer looks at 5,000 events at the most. With `Accept: application/x-ndjson` an item a line; then the cursor behind the last is in `Puente-Position`.',
  })
  @ApiQuery({
    name: 'after',
    required: false,
    ...text('A cursor, the `Puente-Position` of a receipt, `beginning` or `now`; from the beginning when left out'),
  })
  @ApiFilter()
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } })
  @ApiHeader({
    name: 'Prefer',
    required: false,
    ...text('`wait=n`: how many seconds to wait for something that passes, at most 30; none when not said'),
  })
  @ApiResponse({
    status: 200,
    description: 'A stretch of the log',
    headers: { 'Puente-Position': text('The cursor to go on from'), Link: text('`rel="next"`: where to go on') },
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['items', 'next', 'more'],
          properties: {
            items: {
              type: 'array',
              items: { type: 'object', required: ['cursor', 'event'], properties: { cursor: { type: 'string' }, event: anEvent } },
            },
            next: { type: 'string' },
            more: { type: 'boolean' },
          },
        },
      },
      [lines]: { schema: { type: 'string' } },
    },
  })
  @ApiForCallers()
  @ApiProblems(410)
  async page(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const asked = parametersOf(request, eventParameters);
    const { position, epoch } = await startOf(this.reading, asked.after, 'beginning');
    const filter = filterIn(asked);
    const limit = pageSize(asked);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const wait = waitOf(request, 0);
    const { events, upTo, more } =
      wait > 0 ? await this.feed.awaited(position, limit, filter, wait * 1000, gone.signal) : await this.feed.next(position, limit, filter);
    const reader = callerOf(request);
    const items = events.map((event) => ({
      cursor: cursorText({ position: event.position, epoch }),
      event: cloudEvent(event, reader, this.origin),
    }));
    const next = cursorText({ position: upTo, epoch });
    personal(response);
    response.vary('Accept');
    response.setHeader('Puente-Position', next);
    response.setHeader('Link', nextLink(request, next));
    if (wait > 0) response.setHeader('Preference-Applied', `wait=${wait}`);
    if (request.accepts('application/json', lines) !== lines) return { items, next, more };
    response.setHeader('Content-Type', `${lines}; charset=utf-8`);
    return items.map((item) => `${JSON.stringify(item)}\n`).join('');
  }

  @Get('stream')
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'eventStream',
    summary: 'What is recorded, as it is recorded, as server-sent events',
    description:
      'Each event with its cursor as `id`; signs of life every 15 s move the cursor past what the filter leaves out. `Last-Event-ID` takes up where a lost stream ended. A reader that takes nothing for 30 s is dropped: nothing is kept for it but the log. A stream ends after an hour, so that it is asked for again with a token that still holds.',
  })
  @ApiQuery({ name: 'after', required: false, ...text('As for a page; from now on when left out') })
  @ApiHeader({ name: 'Last-Event-ID', required: false, ...text('The cursor of the last event that was handled; goes before `after`') })
  @ApiFilter()
  @ApiResponse({ status: 200, description: 'Events, without end', content: { [eventStream]: { schema: { type: 'string' } } } })
  @ApiForCallers()
  @ApiProblems(410)
  async stream(@Req() request: Request, @Res() response: Response): Promise<void> {
    const asked = parametersOf(request, streamParameters);
    const last = lastEventIdOf(request);
    const { position, epoch } = await startOf(this.reading, last ?? asked.after, 'now', last ? 'Last-Event-ID' : 'after');
    personal(response);
    response.setHeader('Content-Type', `${eventStream}; charset=utf-8`);
    // Proxies that gather answers before they pass them on are asked not to.
    response.setHeader('X-Accel-Buffering', 'no');
    response.flushHeaders();
    this.streams.open(response, { after: position, epoch, filter: filterIn(asked), reader: callerOf(request) });
  }
}
