import { Controller, Delete, Get, HttpCode, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { parse } from '../engine/parse';
import { Name } from '../kernel/fields';
import { type Particulars, People } from '../vault/people';
import { nextLink, pageSize, parameters, parametersOf, uuidIn } from './addresses';
import { bodyOf } from './body';
import { ApiForCallers, ApiProblems } from './documented';
import { link } from './documented-reads';
import { MayCall } from './may-call';
import { notFound, Problem } from './problems';
import { personal } from './things';

class NewPerson {
  @Name('The name') name!: string;
  @Name('What the person is reached by: an address, a telephone number', { optional: true, max: 500 }) contact?: string;
}
class ChangedPerson {
  @Name('The name; stays where left out', { optional: true }) name?: string;
  @Name('What the person is reached by; stays where left out, goes where null', { optional: true, max: 500 }) contact?: string;
}

const one = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

/** The register of persons: events know them by these ids alone. */
@ApiTags('persons')
@Controller('v1/persons')
export class PersonRoutes {
  constructor(private readonly people: People) {}

  @Post()
  @MayCall('programme-officer', 'admin')
  @ApiOperation({ operationId: 'personRegister', summary: 'Register a person' })
  @ApiBody({ type: NewPerson })
  @ApiResponse({
    status: 201,
    description: 'Registered',
    schema: { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } },
  })
  @ApiForCallers()
  @ApiProblems(413, 415)
  async register(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const id = await this.people.register(parse(NewPerson, bodyOf(request)));
    response.setHeader('Location', `/v1/persons/${id}`);
    return { id };
  }

  @Get()
  @MayCall('programme-officer', 'admin')
  @ApiOperation({ operationId: 'personList', summary: 'All persons who are not forgotten, page by page' })
  @ApiQuery({ name: 'after', required: false, schema: { type: 'string', format: 'uuid' } })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } })
  @ApiResponse({ status: 200, description: 'A page', headers: link })
  @ApiForCallers()
  async list(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const asked = parametersOf(request, { after: parameters.uuid, limit: parameters.limit });
    const limit = pageSize(asked);
    const found = await this.people.list({ ...asked, limit: limit + 1 });
    const items = found.slice(0, limit).map(({ id, person }) => ({ id, ...person }));
    const next = found.length > limit ? items.at(-1)?.id : undefined;
    if (next !== undefined) response.setHeader('Link', nextLink(request, next));
    personal(response);
    return { items, ...(next === undefined ? {} : { next }) };
  }

  @Get(':id')
  @MayCall('programme-officer', 'admin')
  @ApiOperation({ operationId: 'personShow', summary: 'Who a person is' })
  @one
  @ApiResponse({ status: 200, description: 'The person' })
  @ApiForCallers()
  @ApiProblems(404, 410)
  async show(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const id = uuidIn(request);
    parametersOf(request, {});
    personal(response);
    return { id, ...(await this.known(id)) };
  }

  @Patch(':id')
  @MayCall('programme-officer', 'admin')
  @ApiOperation({ operationId: 'personAmend', summary: 'Change what is known of a person; what was known before is destroyed' })
  @one
  @ApiBody({ type: ChangedPerson })
  @ApiResponse({ status: 200, description: 'The person as changed' })
  @ApiForCallers()
  @ApiProblems(404, 410, 413, 415)
  async amend(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    const id = uuidIn(request);
    const { contact, ...rest } = bodyOf(request);
    const changed = parse(ChangedPerson, contact === null || contact === undefined ? rest : { ...rest, contact });
    const before = await this.known(id);
    const kept = changed.contact ?? (contact === null ? undefined : before.contact);
    const person: Particulars = { name: changed.name ?? before.name, ...(kept === undefined ? {} : { contact: kept }) };
    const outcome = await this.people.amend(id, person);
    if (outcome !== 'amended') throw outcome === 'forgotten' ? forgotten(id) : nobody(id);
    personal(response);
    return { id, ...person };
  }

  @Delete(':id')
  @MayCall('admin')
  @HttpCode(204)
  @ApiOperation({ operationId: 'personForget', summary: 'Forget a person, for good: the key of what is known is destroyed' })
  @one
  @ApiResponse({ status: 204, description: 'Forgotten' })
  @ApiForCallers()
  @ApiProblems(404)
  async forget(@Req() request: Request): Promise<void> {
    const id = uuidIn(request);
    if ((await this.people.forget(id)) === 'unknown') throw nobody(id);
  }

  /** @throws Problem NOT_FOUND, FORGOTTEN */
  private async known(id: string): Promise<Particulars> {
    const person = (await this.people.find([id])).get(id);
    if (!person) throw nobody(id);
    if (person.is === 'forgotten') throw forgotten(id);
    const { name, contact } = person;
    return { name, ...(contact === undefined ? {} : { contact }) };
  }
}

const nobody = (id: string) => notFound('person', id);
const forgotten = (id: string) => new Problem('FORGOTTEN', { values: { id } });
