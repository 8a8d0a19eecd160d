import { applyDecorators, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { roles } from '../kernel/fields';
import { evaluation } from '../lifecycles/evaluation';
import { whereOf } from '../kernel/conditions';
import { pageSize, parameters, parametersOf, thingIn } from './addresses';
import { callerOf } from './auth';
import { documentPageOf } from './documented-reads';
import { addressesOf, differenceOf, linked } from './figure-addresses';
import { languageOf } from './language';
import { MayCall } from './may-call';
import { type Cited, Reading } from './ports';
import { answerPage, mayReadWords } from './reads';
import { nothingAt } from './things';
import { awaitPosition } from './waiting';

/** What an evaluation rests on. */
@ApiTags(evaluation.plural)
@Controller(`v1/${evaluation.plural}`)
export class EvaluationRoutes {
  constructor(private readonly reading: Reading) {}

  @Get(':id/citations')
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'evaluationCitations',
    summary: 'What the findings cite, read again exactly as cited, and whether it changed since',
    description:
      'A figure: as it was known at the instant cited (`then`; `differsFromCited` where that is not the value cited), and as of the same day known now, with the addresses of the figure, its evidence and what changed it. An event: with its sentence and how it stands today. Pages after the first are as known at the position of the first.',
  })
  @applyDecorators(...documentPageOf(evaluation))
  async citations(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const id = thingIn(request);
    const { after, limit } = parametersOf(request, { after: parameters.cursor, limit: parameters.limit });
    await awaitPosition(this.reading, request);
    const found = await this.reading.citations(id, {
      ...{ after, limit: pageSize({ limit }), language: languageOf(request) },
      ...{ words: mayReadWords(request), reader: callerOf(request) },
    });
    if (!found) throw nothingAt(evaluation, id);
    return { ...found, ...answerPage({ ...found, items: found.items.map(withLinks) }, request, response) };
  }
}

const withLinks = (item: Cited): object => {
  if (item.is === 'event') return linked(item);
  const { cited, then, now } = item;
  if (then.noData === 'UNREADABLE') return item;
  const { indicator: code, version, asOf } = cited;
  const where = whereOf(cited.where);
  const figure = { code, version, asOf, ...(where && { where }), position: then.position, epoch: then.epoch };
  const at = addressesOf(figure);
  const byIt = cited.by === undefined ? [] : [`by=${encodeURIComponent(cited.by)}`];
  return {
    ...item,
    links: { figure: at('', ...byIt), evidence: at('/evidence'), difference: differenceOf(figure, then.position, now.position) },
  };
};
