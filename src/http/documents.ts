import { pipeline } from 'node:stream/promises';
import { Controller, Get, HttpCode, Logger, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { parse } from '../engine/parse';
import { digest as digestForm, officers, OneOf, ProtectedText, roles, type StoredDocument } from '../kernel/fields';
import {
  DescribedOtherwise,
  DigestDiffers,
  DocumentDamaged,
  DocumentEmpty,
  DocumentErased,
  Documents,
  DocumentTooLarge,
} from '../vault/documents';
import { languageCodes, type MediaType, mediaTypes } from '../vault/media-types';
import { Texts } from '../vault/texts';
import { digestIn, parametersOf } from './addresses';
import { callerOf } from './auth';
import { bodyOf } from './body';
import { contentLanguageOf, digestsOf, mediaTypeOf, writtenDigest } from './document-headers';
import { ApiForCallers, ApiProblems, text } from './documented';
import { MayCall } from './may-call';
import { notFound, Problem } from './problems';
import { mayReadWords } from './reads';
import { personal } from './things';

class DocumentDescription {
  @OneOf('What it is; stays where left out', Object.keys(mediaTypes), { optional: true }) mediaType?: MediaType;
  @OneOf('Its language (ISO 639-1); stays where left out', languageCodes, { optional: true }) language?: string;
}
class Erasure {
  @ProtectedText('Why its bytes are destroyed') reason!: string;
}

const one = ApiParam({
  name: 'digest',
  description: 'SHA-256 of its bytes, in hex',
  schema: { type: 'string', pattern: digestForm.source },
});
const described = {
  type: 'object',
  required: ['digest', 'mediaType', 'size'],
  properties: {
    digest: { type: 'string', pattern: digestForm.source },
    mediaType: { type: 'string', enum: Object.keys(mediaTypes) },
    language: { type: 'string', enum: [...languageCodes] },
    size: { type: 'integer', minimum: 1 },
  },
};

/** Approved plans, signed copies: kept by the digest of their bytes, which events name. */
@ApiTags('documents')
@Controller('v1/documents')
export class DocumentRoutes {
  private readonly logger = new Logger('documents');

  constructor(
    private readonly documents: Documents,
    private readonly texts: Texts,
  ) {}

  @Post()
  @MayCall('programme-officer', 'focal-point', 'assessor', 'admin')
  @ApiOperation({
    operationId: 'documentStore',
    summary: 'Store a document: the body is its bytes',
    description: 'The same bytes are one document, whoever stores them. Bytes that were damaged or lost are whole again afterwards.',
  })
  @ApiConsumes(...Object.keys(mediaTypes))
  @ApiBody({ required: true, schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'Content-Language', required: false, ...text('The language it is in (ISO 639-1)', { pattern: '^[a-z]{2}$' }) })
  @ApiHeader({ name: 'Content-Digest', required: false, ...text('RFC 9530: `sha-256=:<base64>:`. Other bytes are refused') })
  @ApiHeader({ name: 'Repr-Digest', required: false, ...text('RFC 9530: `sha-256=:<base64>:`. Other bytes are refused') })
  @ApiResponse({ status: 201, description: 'Stored', schema: described, headers: { Location: text('Where it can be read') } })
  @ApiResponse({ status: 200, description: 'It was there', schema: described })
  @ApiForCallers()
  @ApiProblems(409, 410, 413, 415)
  async store(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<StoredDocument> {
    const mediaType = mediaTypeOf(request);
    const language = contentLanguageOf(request);
    const digests = digestsOf(request);
    if (Number(request.get('content-length') ?? 0) > this.documents.largest) throw this.tooLarge();
    const said = { mediaType, digests, by: callerOf(request).actor, ...(language === undefined ? {} : { language }) };
    const { document, fresh } = await this.documents.keep(request, said).catch((error: unknown) => this.refuse(error, request));
    response.status(fresh ? 201 : 200).setHeader('Location', `/v1/documents/${document.digest}`);
    return document;
  }

  @Get(':digest')
  @MayCall(...roles)
  @ApiOperation({
    operationId: 'documentShow',
    summary: 'The bytes of a document, checked against its digest',
    description: 'Bytes that are not those of the digest are never sent as a complete answer.',
  })
  @one
  @ApiHeader({ name: 'If-None-Match', required: false, ...text('The ETag of an earlier answer') })
  @ApiProduces(...Object.keys(mediaTypes))
  @ApiResponse({
    status: 200,
    description: 'Its bytes, to be saved: nothing is shown in place',
    headers: { ETag: text('The digest'), 'Repr-Digest': text('The digest, as RFC 9530 writes it') },
    schema: { type: 'string', format: 'binary' },
  })
  @ApiResponse({ status: 304, description: 'The caller has it' })
  @ApiForCallers()
  @ApiProblems(404, 410, 500)
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    parametersOf(request, {});
    const document = await this.standing(digestIn(request), request);
    const { digest, mediaType, language, size } = document;
    personal(response);
    response.setHeader('ETag', `"${digest}"`);
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    const bytes = await this.documents.open(document).catch((error: unknown) => {
      response.removeHeader('ETag');
      return this.refuse(error, request);
    });
    response.setHeader('Content-Type', mediaType);
    if (language !== undefined) response.setHeader('Content-Language', language);
    response.setHeader('Content-Length', size);
    response.setHeader('Content-Disposition', `attachment; filename="${digest}.${mediaTypes[mediaType as MediaType]}"`);
    response.setHeader('Repr-Digest', writtenDigest(digest));
    response.setHeader('Accept-Ranges', 'none');
    // Damage found now leaves the answer cut short: its end is not sent.
    if (request.method === 'HEAD') response.end();
    else await pipeline(bytes, response).catch((error: unknown) => this.refuse(error, request));
  }

  @Patch(':digest')
  @MayCall(...officers)
  @ApiOperation({
    operationId: 'documentDescribe',
    summary: 'Change what was said of a document by mistake; events go on saying what they were told',
  })
  @one
  @ApiBody({ type: DocumentDescription })
  @ApiResponse({ status: 200, description: 'What it is from now on', schema: described })
  @ApiForCallers()
  @ApiProblems(404, 410, 413, 415)
  async describe(@Req() request: Request): Promise<StoredDocument> {
    const digest = digestIn(request);
    const said = parse(DocumentDescription, bodyOf(request));
    await this.standing(digest, request);
    return (await this.documents.describeAnew(digest, said)) ?? this.standing(digest, request);
  }

  @Post(':digest/erase')
  @MayCall('admin')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'documentErase',
    summary: 'Destroy the bytes of a document, for good; that it stood here and why it does no longer stays, and so do the events',
  })
  @one
  @ApiBody({ type: Erasure })
  @ApiResponse({ status: 204, description: 'Erased' })
  @ApiForCallers()
  @ApiProblems(404, 413, 415)
  async erase(@Req() request: Request): Promise<void> {
    const digest = digestIn(request);
    const { reason } = parse(Erasure, bodyOf(request));
    if ((await this.documents.erase(digest, reason, callerOf(request).actor)) === 'unknown') throw unknown(digest);
  }

  /** @throws Problem NOT_FOUND, DOCUMENT_ERASED */
  private async standing(digest: string, request: Request): Promise<StoredDocument> {
    const found = await this.documents.find(digest).catch((error: unknown) => this.refuse(error, request));
    if (!found) throw unknown(digest);
    return found;
  }

  private tooLarge() {
    return new Problem('DOCUMENT_TOO_LARGE', { values: { size: this.documents.largest / 1024 / 1024 } });
  }

  /** What the register of documents refuses, as a problem. */
  private async refuse(error: unknown, request: Request): Promise<never> {
    if (error instanceof DocumentTooLarge) throw this.tooLarge();
    if (error instanceof DocumentEmpty) throw new Problem('DOCUMENT_EMPTY');
    if (error instanceof DigestDiffers) throw new Problem('DIGEST_DIFFERS', { values: { digest: error.digest } });
    if (error instanceof DescribedOtherwise) {
      const { digest, mediaType, language = 'none' } = error.standing;
      throw new Problem('DOCUMENT_DESCRIBED_OTHERWISE', { values: { digest, mediaType, language } });
    }
    if (error instanceof DocumentErased) throw await this.erased(error, request);
    if (error instanceof DocumentDamaged) {
      this.logger.error(error.message);
      throw new Problem('DOCUMENT_DAMAGED', { values: { digest: error.digest } });
    }
    throw error;
  }

  private async erased({ digest, erased: { at, because } }: DocumentErased, request: Request): Promise<Problem> {
    const words = mayReadWords(request) ? (await this.texts.reveal([because])).get(because) : undefined;
    const values = { digest, on: at.toISOString().slice(0, 10), ...(words?.is === 'text' ? { reason: words.words } : {}) };
    return new Problem('DOCUMENT_ERASED', { values });
  }
}

const unknown = (digest: string) => notFound('document', digest);
