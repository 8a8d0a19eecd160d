import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { namingThings } from '../words/say';
import { problemMediaType } from './problems';

class FieldProblemShape {
  @ApiProperty({ type: String, description: 'The field, such as `actions.0.title`, the parameter or the header' }) path!: string;
  @ApiProperty({ type: String, example: 'MISSING', description: 'Stable; programs go by it' }) code!: string;
  @ApiProperty({ type: String, description: 'In the language of Accept-Language' }) problem!: string;
}

/** An event in an answer: `openapi.ts` describes it by its fields. */
export const anEvent = { $ref: '#/components/schemas/CloudEvent' };

/** RFC 9457. */
export class ProblemShape {
  @ApiProperty({ type: String, example: 'urn:puente:problem:gate-closed', description: 'Stable name of this kind of problem' })
  type!: string;
  @ApiProperty({ type: String }) title!: string;
  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599 }) status!: number;
  @ApiProperty({ type: String, example: 'GATE_CLOSED', description: 'Stable; programs go by it' }) code!: string;
  @ApiProperty({ type: String, description: 'A sentence in the language of Accept-Language: en, es or pt' }) detail!: string;
  @ApiProperty({ type: String, format: 'uri', required: false, description: 'The request, as the log and the events it recorded name it' })
  instance?: string;
  @ApiProperty({ type: () => FieldProblemShape, isArray: true, required: false, description: 'Every field that is not as it must be' })
  errors?: FieldProblemShape[];
}

const meanings = {
  400: 'Malformed: every field that is not as it must be is named',
  401: 'No valid access token',
  403: 'The roles of the token may not do this, or others are responsible',
  404: 'No such thing',
  409: 'Refused by a rule; `code` says which, `missing`, `gates` or `facts` what it lacks',
  410: 'A position from before the store was restored or copied; what was forgotten or erased',
  412: 'It has changed since the revision named by If-Match',
  413: 'More than one megabyte, or more than a document may have',
  415: 'Not application/json, or nothing that documents may be',
  422: 'The Idempotency-Key was sent before with another body',
  428: 'If-Match is required',
  429: 'Too many requests; see Retry-After',
  500: 'What is stored is damaged',
  503: 'Not now; see Retry-After',
} as const;

/** The problems that a route may answer besides those that every route may. */
export const ApiProblems = (...statuses: readonly (keyof typeof meanings)[]) =>
  applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: meanings[status],
        content: { [problemMediaType]: { schema: { $ref: getSchemaPath(ProblemShape) } } },
      }),
    ),
  );

/** What holds for every route that needs a token. */
export const ApiForCallers = () =>
  applyDecorators(
    ApiBearerAuth(),
    ApiHeader({ name: 'Accept-Language', required: false, description: 'en, es or pt', schema: { type: 'string' } }),
    ApiHeader({
      name: 'X-Request-Id',
      required: false,
      description: 'A uuid that the log and the events recorded will name; made where none is sent',
      schema: { type: 'string', format: 'uuid' },
    }),
    ApiProblems(400, 401, 403, 429, 503),
  );

/** What a thing of this lifecycle is called in a description, without and with its article. */
export const called = ({ name }: AnyLifecycle): string => String(namingThings('en', { thing: name })['thing']);
export const aThing = (of: AnyLifecycle): string => `${/^[aeiou]/.test(called(of)) ? 'an' : 'a'} ${called(of)}`;

export const text = (description: string, more: Readonly<Record<string, string | number | string[]>> = {}) => ({
  description,
  schema: { type: 'string' as const, ...more },
});
