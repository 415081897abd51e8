import { ApiExtraModels, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  DEFAULT_WEBHOOK_SETTINGS,
  WEBHOOK_LIMITS,
  WEBHOOK_ORDERINGS,
  WEBHOOK_STATUSES,
  type WebhookOrdering,
  type WebhookStatus,
} from '@schoolbell/delivery';
import { MAX_EXPRESSION_CHARACTERS } from '@schoolbell/expressions';
import { FORMAT_NAMES } from '@schoolbell/formats';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { MayBeLeftOut, MayBeNull } from '../http/optional.js';
import { AuthenticationInput } from './authentication-input.js';
import { MAX_CA_LENGTH } from './ca-rules.js';
import { ClientCertificateInput } from './client-certificate-input.js';
import { DeliveryInput } from './delivery-input.js';
import { FormatSettingsFields } from './format-settings-input.js';
import { ScopesInput } from './scopes-input.js';
import { SIGNINGS, type Signing } from './secret-rules.js';
import { SignatureInput } from './signature-input.js';

const EVENTS = {
  type: 'array' as const,
  items: { type: 'string' },
  description:
    'Event types of `GET /v1/event-types`, or `*` for all of them that the format carries.',
  minItems: 1,
  maxItems: WEBHOOK_LIMITS.eventTypes,
  uniqueItems: true,
  example: ['session.completed', 'session.scored'],
};
const URL_DOCS = {
  description: 'Where events are POSTed: https, and no private address.',
  maxLength: 2048,
  example: 'https://example.com/webhooks/schoolbell',
};

/** The settings that registering and changing a webhook have in common; all may be left out. */
@ApiExtraModels(
  AuthenticationInput,
  ClientCertificateInput,
  DeliveryInput,
  ScopesInput,
  SignatureInput,
)
@FormatSettingsFields()
export class WebhookOptions {
  @ApiPropertyOptional({ maxLength: 1024, default: '' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(1024)
  description?: string;

  @ApiPropertyOptional({ type: ScopesInput })
  @MayBeLeftOut()
  @IsObject()
  @ValidateNested()
  @Type(() => ScopesInput)
  scopes?: ScopesInput;

  @ApiPropertyOptional({ enum: FORMAT_NAMES, default: DEFAULT_WEBHOOK_SETTINGS.format })
  @MayBeLeftOut()
  @IsIn(FORMAT_NAMES, { message: `format must be one of: ${FORMAT_NAMES.join(', ')}` })
  format?: string;

  @ApiPropertyOptional({
    type: SignatureInput,
    nullable: true,
    description: 'A signature header in place of the format’s own; null removes it.',
  })
  @MayBeNull()
  @IsObject()
  @ValidateNested()
  @Type(() => SignatureInput)
  signature?: SignatureInput | null;

  @ApiPropertyOptional({
    enum: SIGNINGS,
    default: 'hmac-sha256',
    description:
      'With `ed25519`, for Standard Webhooks, a key pair signs (`v1a`) and `publicKey` verifies. A change makes a new secret; the previous one goes on signing for a day.',
  })
  @MayBeLeftOut()
  @IsIn(SIGNINGS)
  signing?: Signing;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    minLength: 1,
    maxLength: MAX_EXPRESSION_CHARACTERS,
    default: null,
    description:
      'JSONata over `{id, type, occurredAt, tenantId, data}`: only events for which it is true are sent; the others are discarded as `filtered`. An error counts as true and shows as `filterError`.',
    example: 'data.successStatus = "passed"',
  })
  @MayBeNull()
  @IsString()
  @IsNotEmpty()
  filter?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    minLength: 1,
    maxLength: MAX_EXPRESSION_CHARACTERS,
    default: null,
    description:
      'For the format `custom`: JSONata whose result is the body. It sees what a filter sees, and `{webhook: {id, metadata}, delivery: {id, attempt}}`. `GET /v1/templates` lists ready ones.',
    example: '{"text": data.learnerId & " completed " & data.packageId}',
  })
  @MayBeNull()
  @IsString()
  @IsNotEmpty()
  template?: string | null;

  @ApiPropertyOptional({ type: AuthenticationInput })
  @MayBeLeftOut()
  @IsObject()
  @ValidateNested()
  @Type(() => AuthenticationInput)
  authentication?: AuthenticationInput;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    maxProperties: 20,
    default: {},
    description:
      'Your own headers on every request; `{{type}}`, `{{eventId}}` and `{{deliveryId}}` in a value are filled in. Values of sensitive headers are masked in answers; sending a mask back leaves the value as it is.',
    example: { 'X-Environment': 'production' },
  })
  @MayBeLeftOut()
  @IsObject()
  headers?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: ClientCertificateInput,
    nullable: true,
    default: null,
    description:
      'The certificate for a receiver that asks for one (mTLS); null removes it. An e-mail warns 30 and 7 days before it expires.',
  })
  @MayBeNull()
  @IsObject()
  @ValidateNested()
  @Type(() => ClientCertificateInput)
  clientCertificate?: ClientCertificateInput | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: MAX_CA_LENGTH,
    default: null,
    description:
      'PEM certificates of the authorities that are trusted for `url`, `fallbackUrl` and `tokenUrl`, in place of the public ones; null removes them.',
  })
  @MayBeNull()
  @IsString()
  @MaxLength(MAX_CA_LENGTH)
  ca?: string | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: WEBHOOK_LIMITS.timeoutSeconds,
    default: DEFAULT_WEBHOOK_SETTINGS.timeoutSeconds,
    description: 'Seconds for a whole attempt, connecting included.',
  })
  @MayBeLeftOut()
  @IsInt()
  @Min(1)
  @Max(WEBHOOK_LIMITS.timeoutSeconds)
  timeoutSeconds?: number;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'integer', minimum: 1, maximum: WEBHOOK_LIMITS.retryDelaySeconds },
    minItems: 1,
    maxItems: WEBHOOK_LIMITS.retries,
    default: [...DEFAULT_WEBHOOK_SETTINGS.retrySchedule],
    description: 'Seconds before each retry; stretched by up to 10 % at random.',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(WEBHOOK_LIMITS.retries)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(WEBHOOK_LIMITS.retryDelaySeconds, { each: true })
  retrySchedule?: number[];

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: WEBHOOK_LIMITS.rateLimit,
    default: null,
    description:
      'Requests per second at most, over all dispatchers and without bursts; null for no limit. Retries ' +
      'count, tests do not.',
  })
  @MayBeNull()
  @IsInt()
  @Min(1)
  @Max(WEBHOOK_LIMITS.rateLimit)
  rateLimit?: number | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: 2048,
    default: null,
    description: 'Dead letters are sent to this URL too, in one cycle by the same schedule.',
    example: null,
  })
  @MayBeNull()
  @IsString()
  fallbackUrl?: string | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: WEBHOOK_LIMITS.autoPauseAfter,
    default: DEFAULT_WEBHOOK_SETTINGS.autoPauseAfter,
    description: 'Consecutive failed attempts that pause the webhook; 0 for never.',
  })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(WEBHOOK_LIMITS.autoPauseAfter)
  autoPauseAfter?: number;

  @ApiPropertyOptional({ type: DeliveryInput })
  @MayBeLeftOut()
  @IsObject()
  @ValidateNested()
  @Type(() => DeliveryInput)
  delivery?: DeliveryInput;

  @ApiPropertyOptional({
    enum: WEBHOOK_ORDERINGS,
    default: 'none',
    description:
      'With `session`, the deliveries of one session go in the order in which their events were ' +
      'accepted; a delivery that fails holds back the later ones of its session only. A change applies ' +
      'to events that are accepted from then on.',
  })
  @MayBeLeftOut()
  @IsIn(WEBHOOK_ORDERINGS)
  ordering?: WebhookOrdering;

  @ApiPropertyOptional({ enum: WEBHOOK_STATUSES, default: 'active' })
  @MayBeLeftOut()
  @IsIn(WEBHOOK_STATUSES)
  status?: WebhookStatus;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    maxProperties: 50,
    default: {},
    description: 'Yours to use: up to 50 texts, numbers or booleans.',
    example: { team: 'compliance' },
  })
  @MayBeLeftOut()
  @IsObject()
  metadata?: Record<string, unknown>;
}

/** The body of `POST /v1/webhooks`. */
export class CreateWebhook extends WebhookOptions {
  @ApiProperty(URL_DOCS)
  @IsString()
  url!: string;

  @ApiProperty(EVENTS)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(WEBHOOK_LIMITS.eventTypes)
  @ArrayUnique()
  @IsString({ each: true })
  events!: string[];

  @ApiPropertyOptional({
    minLength: 8,
    maxLength: 256,
    description: 'Bring your own; otherwise one is generated.',
  })
  @MayBeLeftOut()
  @IsString()
  secret?: string;
}

/** The body of `PATCH /v1/webhooks/{id}`: what is left out stays as it is. */
export class ChangeWebhook extends WebhookOptions {
  @ApiPropertyOptional(URL_DOCS)
  @MayBeLeftOut()
  @IsString()
  url?: string;

  @ApiPropertyOptional(EVENTS)
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(WEBHOOK_LIMITS.eventTypes)
  @ArrayUnique()
  @IsString({ each: true })
  events?: string[];
}
