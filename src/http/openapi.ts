import { Controller, Get, type INestApplication } from '@nestjs/common';
import { ApiExcludeController, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import envelope from '../delivery/envelope.schema.json';
import { ProblemShape } from './documented';
import { Public } from './may-call';

// A document of OpenAPI 3.1 says once what dialect its schemas are in.
const eventShape = Object.fromEntries(Object.entries(envelope).filter(([keyword]) => keyword !== '$schema'));

/** What an app answers, as its decorators say; it need not have started for that. */
export const documentOf = (app: INestApplication): OpenAPIObject => {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Puente')
    .setDescription(
      'The record of city cooperation: from the call to the signed agreement, with figures that name the events they stand on.',
    )
    .setVersion('1')
    .setLicense('EUPL-1.2', 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'An access token of the issuer; its claim `roles` says what the caller may do',
    })
    .build();
  const document = SwaggerModule.createDocument(app, about, { extraModels: [ProblemShape] });
  const schemas = { ...document.components?.schemas, CloudEvent: eventShape };
  return { ...document, components: { ...document.components, schemas } };
};

/** The description of all this, for programs; made once, when the app starts. */
@ApiExcludeController()
@Controller()
export class OpenApiRoutes {
  private document: OpenAPIObject | undefined;

  describe(app: INestApplication): void {
    const document = (this.document = documentOf(app));
    SwaggerModule.setup('docs', app, document, { raw: false, customSiteTitle: 'Puente' });
  }

  @Get('openapi.json')
  @Public()
  show(): OpenAPIObject {
    return this.document!;
  }
}
