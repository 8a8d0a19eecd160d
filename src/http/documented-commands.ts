import {
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiResponse,
  type ApiResponseOptions,
  getSchemaPath,
} from '@nestjs/swagger';
import { slug } from '../kernel/fields';
import type { AnyLifecycle } from '../kernel/lifecycle';
import type { Declared } from '../kernel/part';
import { ApiForCallers, ApiProblems, called, text } from './documented';

class RecordedShape {
  @ApiProperty({ type: String }) type!: string;
  @ApiProperty({ type: 'integer', minimum: 0 }) revision!: number;
}
export class ReceiptShape {
  @ApiProperty({ type: String, example: 'pairing-cartagena-malaga' }) stream!: string;
  @ApiProperty({ type: 'integer', minimum: -1, description: 'Last revision as this command left it; −1 where there still is nothing' })
  revision!: number;
  @ApiProperty({ type: String, description: 'Send it back as `Puente-Position: <position>.<epoch>` to read what was written' })
  position!: string;
  @ApiProperty({ type: String }) epoch!: string;
  @ApiProperty({ type: () => RecordedShape, isArray: true, description: 'What was recorded; nothing where it already stood' })
  events!: RecordedShape[];
  @ApiProperty({ type: Boolean, required: false, description: 'Recorded before: this is the first receipt' }) repeated?: true;
  @ApiProperty({
    type: Boolean,
    required: false,
    description: 'All that it recorded was taken back since; a repeat does not bring it back',
  })
  takenBack?: true;
}

const documented = new Map<new () => object, new () => object>();
const named = new Map<string, new () => object>();

/** A form as it is sent: with the date. Two forms of one name would be one schema, so the second is called after its lifecycle too. */
const sentForm = (of: AnyLifecycle, name: string, form: new () => object): new () => object => {
  const known = documented.get(form);
  if (known) return known;
  const schema = named.has(name) ? `${of.name.charAt(0).toUpperCase()}${of.name.slice(1)}${name}` : name;
  class Sent extends form {
    occurredOn?: string;
  }
  Object.defineProperty(Sent, 'name', { value: schema });
  ApiProperty({
    type: String,
    required: false,
    example: '2018-04',
    description: 'When it happened: YYYY, YYYY-MM or YYYY-MM-DD; today (UTC) when left out',
  })(Sent.prototype, 'occurredOn');
  documented.set(form, Sent);
  named.set(schema, Sent);
  return Sent;
};

export const thingParameter = (of: AnyLifecycle) =>
  ApiParam({
    name: 'id',
    description: `Id of the ${called(of)}, chosen by whoever records it first`,
    schema: { type: 'string', pattern: slug.source, maxLength: 80 },
  });

const receipt = (description: string): ApiResponseOptions => ({
  description,
  schema: { $ref: getSchemaPath(ReceiptShape) },
  headers: {
    ETag: text('The revision it stands at'),
    'Puente-Position': text('`<position>.<epoch>`, for reading what was written'),
    Location: text('Where it can be read'),
  },
});

/** What OpenAPI says of a command. */
export const documentCommand = (
  of: AnyLifecycle,
  name: string,
  { form, by, yields }: Declared<object, string>,
  needsRevision: boolean,
): readonly MethodDecorator[] => [
  ApiOperation({
    operationId: `${of.name}${name}`,
    summary: `${name} (${called(of)})`,
    description: `May record ${yields.join(', ')}. Roles: ${by.join(', ')}.`,
  }),
  thingParameter(of),
  ApiBody({ type: sentForm(of, name, form) }),
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    ...text('Recognises a repeat: the same key with the same body answers the first receipt. It binds once something was recorded', {
      pattern: '^[!-~]{1,200}$',
    }),
  }),
  ApiHeader({
    name: 'If-Match',
    required: needsRevision,
    ...text('The revision this was decided on, as ETag gave it, or `*`', { pattern: '^("\\d{1,9}"|\\*)$' }),
  }),
  ApiHeader({
    name: 'Puente-Dry-Run',
    required: false,
    description: 'Decide and answer, record nothing',
    schema: { type: 'string', enum: ['true', 'false'] },
  }),
  ApiExtraModels(ReceiptShape),
  ApiResponse({ status: 201, ...receipt('Recorded') }),
  ApiResponse({ status: 200, ...receipt('Nothing new: a repeat, a dry run, or it already stood') }),
  ApiForCallers(),
  ApiProblems(409, 412, 413, 415, 422, ...(needsRevision ? ([428] as const) : [])),
];
