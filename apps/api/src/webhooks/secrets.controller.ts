import { Controller, Get, Headers, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';
import { type StoredSecrets, WebhookSecretRepository } from '@schoolbell/persistence';
import type { FastifyReply } from 'fastify';
import { CurrentAuthor, TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { notFound, validationFailed } from '../http/api-error.js';
import { IdParam } from '../http/id-param.js';
import { ValidBody } from '../http/valid.js';
import { presentSecrets, RotateSecret, SecretsDocument } from './secret-documents.js';
import { SECRET_EXAMPLE } from './webhook-example.js';
import {
  SECRET_FILE_EXAMPLE,
  SECRET_FILE_TYPE,
  secretFile,
  SecretFileDocument,
} from './secret-file.js';
import { newSecret, secretFaults, signingOf } from './secret-rules.js';
import { WebhooksService } from './webhooks.service.js';

const EXAMPLE = {
  current: SECRET_EXAMPLE,
  previous: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw1s0RC6Z2kVY=',
  previousExpiresAt: '2026-11-23T09:30:00.000Z',
};

@ApiTags('Webhooks')
@Controller('v1/webhooks/:id/secret')
export class SecretsController {
  constructor(
    private readonly secrets: WebhookSecretRepository,
    private readonly webhooks: WebhooksService,
  ) {}

  @Get()
  @Operation({
    id: 'getWebhookSecret',
    summary: 'Get the secret of a webhook',
    description:
      'With `Accept: application/vnd.schoolbell.secret+json`, the answer is a file to keep, which also says how the secret signs. The audit log says who read it.',
    permission: 'secrets:read',
    answer: {
      status: 200,
      description: 'The current one and, while a rotation overlaps, the one before it.',
      type: SecretsDocument,
      example: EXAMPLE,
      besides: {
        mediaType: SECRET_FILE_TYPE,
        type: SecretFileDocument,
        example: SECRET_FILE_EXAMPLE,
      },
    },
    errors: ['not_found'],
  })
  async get(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
    @CurrentAuthor() author: Author,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SecretsDocument | SecretFileDocument> {
    const secrets = await this.secrets.reveal(author, tenantId, id, new Date());
    if (!accept?.includes(SECRET_FILE_TYPE)) return present(secrets);
    const webhook = await this.webhooks.find(tenantId, id);
    void reply
      .type(SECRET_FILE_TYPE)
      .header('Content-Disposition', `attachment; filename="${toTypeId('webhook', id)}.json"`);
    return secretFile(webhook, present(secrets).current);
  }

  @Post('rotate')
  @Operation({
    id: 'rotateWebhookSecret',
    summary: 'Rotate the secret of a webhook',
    description:
      'Both secrets sign until the overlap ends, so that receivers can change over. A damaged secret is dropped at once.',
    permission: 'webhooks:write',
    body: { type: RotateSecret, example: { overlapSeconds: 86400 }, required: false },
    answer: { status: 200, description: 'The secrets.', type: SecretsDocument, example: EXAMPLE },
    errors: ['not_found'],
  })
  async rotate(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
    @CurrentAuthor() author: Author,
    @ValidBody() { secret, overlapSeconds }: RotateSecret,
  ): Promise<SecretsDocument> {
    const webhook = await this.webhooks.find(tenantId, id);
    const signing = signingOf(webhook);
    const faults = secretFaults(webhook.format, signing, secret);
    if (faults.length > 0) throw validationFailed(faults);
    const now = Date.now();
    const previousExpiresAt = overlapSeconds > 0 ? new Date(now + overlapSeconds * 1000) : null;
    const rotation = { ...newSecret(signing, secret), previousExpiresAt };
    return present(await this.secrets.rotate(author, tenantId, id, rotation));
  }
}

function present(secrets: StoredSecrets | undefined): SecretsDocument {
  if (!secrets) throw notFound('webhook');
  return presentSecrets(secrets);
}
