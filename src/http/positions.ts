import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { roles } from '../kernel/fields';
import { namedEvent } from '../kernel/fields-events';
import { isInstant } from '../kernel/partial-date';
import { lifecycles } from '../lifecycles/all';
import { idOf, kindOf } from '../store/port';
import { type Parameter, parametersOf } from './addresses';
import { ApiForCallers, ApiProblems, text } from './documented';
import { MayCall } from './may-call';
import { Reading } from './ports';
import { malformed, notFound } from './problems';
import { personal } from './things';

interface Named {
  readonly stream: string;
  readonly revision: number;
}
const event: Parameter<Named> = [
  (given) => {
    const named = namedEvent(given);
    return named && Object.hasOwn(lifecycles, named.kind) ? named : undefined;
  },
  'NOT_AN_EVENT',
];
const since: Parameter<string> = [(given) => (isInstant(given) ? new Date(given).toISOString() : undefined), 'NOT_AN_INSTANT'];

/** Where a reader stands in this store that knows it only by an event or a time: after a copy to another one every position is another. */
@ApiTags('positions')
@Controller('v1/position')
export class PositionRoutes {
  constructor(private readonly reading: Reading) {}

  @Get()
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'position',
    summary: 'The position to go on from: after an event, or so that nothing recorded since an instant is missed',
    description:
      'Positions and epochs change when the store is restored or copied (410, OTHER_EPOCH); events, named `stream@revision`, and times of recording do not. Since an instant: reading on from there may repeat, and misses nothing; take an earlier one by as much as the clocks of processes differ that write to one EventStoreDB.',
  })
  @ApiQuery({ name: 'event', required: false, ...text('The last event handled, as stream@revision') })
  @ApiQuery({ name: 'since', required: false, ...text('Instant with its offset, in place of an event', { format: 'date-time' }) })
  @ApiResponse({
    status: 200,
    description: 'The position, and the epoch in which it counts',
    headers: { 'Puente-Position': text('Both, as reads take them') },
    schema: {
      type: 'object',
      required: ['position', 'epoch'],
      properties: { position: { type: 'string' }, epoch: { type: 'string' } },
    },
  })
  @ApiForCallers()
  @ApiProblems(404)
  async find(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const asked = parametersOf(request, { event, since });
    if (asked.event && asked.since) throw malformed('since', 'NOT_TOGETHER', { other: 'event' });
    const position = asked.event ? await this.reading.positionOf(asked.event.stream, asked.event.revision) : await this.before(asked.since);
    if (position === undefined) throw notFound(kindOf(asked.event!.stream), `${idOf(asked.event!.stream)}@${asked.event!.revision}`);
    const epoch = await this.reading.epoch();
    personal(response);
    response.setHeader('Puente-Position', `${position}.${epoch}`);
    return { position: String(position), epoch };
  }

  private before(instant: string | undefined): Promise<bigint> {
    if (instant === undefined) throw malformed('event', 'MISSING');
    return this.reading.positionBefore(instant);
  }
}
