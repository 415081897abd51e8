import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeOperations } from './when-described.js';

const DESCRIPTION = `Accepts SCORM events, signs them, delivers them to webhooks, retries them, and shows what happened.

Ids are [TypeIDs](https://github.com/jetify-com/typeid). Times are RFC 3339 in UTC. Lists are newest first: pass
\`nextCursor\` as \`cursor\` for the next page. Every error is \`application/problem+json\` with a stable \`code\`;
[all codes](/docs/errors).`;

const BEARER =
  'An API key, `sbk_…`, or the access token of a user who signed in with `POST /v1/auth/login`.';

/** Writes the OpenAPI 3.1 document from the controllers. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Schoolbell')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: BEARER }, 'bearer')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'apiKey')
    .build();
  describeOperations();
  return SwaggerModule.createDocument(app, config);
}

/**
 * Serves the document at `/openapi.json`, and a page for people at `/docs`.
 *
 * @param document is called when somebody asks for the first time: it takes a tenth of a second
 */
export function serveDocs(app: INestApplication, document: () => OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Schoolbell API',
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      validatorUrl: null,
    },
  });
}
