import { ApiExtraModels } from '@nestjs/swagger';
import {
  DEFAULT_WEBHOOK_SETTINGS,
  WEBHOOK_LIMITS,
  WEBHOOK_ORDERINGS,
  WEBHOOK_STATUSES,
  type WebhookOrdering,
  type WebhookStatus,
} from '@schoolbell/delivery';
import { MAX_URL_LENGTH } from '@schoolbell/destinations';
import { MAX_EXPRESSION_CHARACTERS } from '@schoolbell/expressions';
import { FORMAT_NAMES, MAX_CUSTOM_HEADERS } from '@schoolbell/formats';
import { IsNotEmpty } from 'class-validator';
import { Flag } from '../fields/flag.js';
import { JsonObject } from '../fields/json-object.js';
import { Wholes } from '../fields/list.js';
import { Nested } from '../fields/nested.js';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut, MayBeNull } from '../fields/optional.js';
import { stacked } from '../fields/stacked.js';
import { Text, TextCheckedLater } from '../fields/text.js';
import { Whole } from '../fields/whole.js';
import { AuthenticationInput } from './authentication-input.js';
import { MAX_CA_LENGTH } from './ca-rules.js';
import { ClientCertificateInput } from './client-certificate-input.js';
import { DeliveryInput } from './delivery-input.js';
import { FormatSettingsFields } from './format-settings-input.js';
import { MAX_METADATA_KEYS } from './metadata.js';
import { ScopesInput } from './scopes-input.js';
import { SIGNINGS, type Signing } from './secret-rules.js';
import { SignatureInput } from './signature-input.js';

/** A JSONata expression, which is compiled later. */
const Expression = (description: string, example: string): PropertyDecorator =>
  stacked(
    TextCheckedLater({
      minLength: 1,
      maxLength: MAX_EXPRESSION_CHARACTERS,
      default: null,
      description,
      example,
    }),
    IsNotEmpty(),
  );

/** The common settings of registering and changing a webhook, all optional. */
@ApiExtraModels(
  AuthenticationInput,
  ClientCertificateInput,
  DeliveryInput,
  ScopesInput,
  SignatureInput,
)
@FormatSettingsFields()
export class WebhookOptions {
  @MayBeLeftOut()
  @Text({ maxLength: 1024, default: '' })
  description?: string;

  @MayBeLeftOut()
  @Nested(ScopesInput)
  scopes?: ScopesInput;

  @MayBeLeftOut()
  @OneOf(FORMAT_NAMES, { default: DEFAULT_WEBHOOK_SETTINGS.format })
  format?: string;

  @MayBeNull()
  @Nested(SignatureInput, {
    description: 'A signature header in place of the format’s own; null removes it.',
  })
  signature?: SignatureInput | null;

  @MayBeLeftOut()
  @OneOf(SIGNINGS, {
    default: 'hmac-sha256',
    description:
      'With `ed25519`, for Standard Webhooks, a key pair signs (`v1a`) and `publicKey` verifies. A change makes a new secret; the previous one goes on signing for a day.',
  })
  signing?: Signing;

  @MayBeNull()
  @Expression(
    'JSONata over `{id, type, occurredAt, tenantId, data}`: only events for which it is true are sent; the others are discarded as `filtered`. An error counts as true and shows as `filterError`.',
    'data.successStatus = "passed"',
  )
  filter?: string | null;

  @MayBeNull()
  @Expression(
    'For the format `custom`: JSONata whose result is the body. It sees what a filter sees, and `{webhook: {id, metadata}, delivery: {id, attempt}}`. `GET /v1/templates` lists ready ones.',
    '{"text": data.learnerId & " completed " & data.packageId}',
  )
  template?: string | null;

  @MayBeLeftOut()
  @Nested(AuthenticationInput)
  authentication?: AuthenticationInput;

  @MayBeLeftOut()
  @JsonObject({
    additionalProperties: { type: 'string' },
    maxProperties: MAX_CUSTOM_HEADERS,
    default: {},
    description:
      'Your own headers on every request; `{{type}}`, `{{eventId}}` and `{{deliveryId}}` in a value are filled in. Values of sensitive headers are masked in answers; sending a mask back leaves the value as it is.',
    example: { 'X-Environment': 'production' },
  })
  headers?: Record<string, unknown>;

  @MayBeNull()
  @Nested(ClientCertificateInput, {
    default: null,
    description:
      'The certificate for a receiver that asks for one (mTLS); null removes it. An e-mail warns 30 and 7 days before it expires.',
  })
  clientCertificate?: ClientCertificateInput | null;

  @MayBeNull()
  @Text({
    maxLength: MAX_CA_LENGTH,
    default: null,
    description:
      'PEM certificates of the authorities that are trusted for `url`, `fallbackUrl` and `tokenUrl`, in place of the public ones; null removes them.',
  })
  ca?: string | null;

  @MayBeLeftOut()
  @Whole({
    minimum: 1,
    maximum: WEBHOOK_LIMITS.timeoutSeconds,
    default: DEFAULT_WEBHOOK_SETTINGS.timeoutSeconds,
    description: 'Seconds for a whole attempt, connecting included.',
  })
  timeoutSeconds?: number;

  @MayBeLeftOut()
  @Wholes({
    items: { minimum: 1, maximum: WEBHOOK_LIMITS.retryDelaySeconds },
    minItems: 1,
    maxItems: WEBHOOK_LIMITS.retries,
    default: [...DEFAULT_WEBHOOK_SETTINGS.retrySchedule],
    description: 'Seconds before each retry; stretched by up to 10 % at random.',
  })
  retrySchedule?: number[];

  @MayBeNull()
  @Whole({
    minimum: 1,
    maximum: WEBHOOK_LIMITS.rateLimit,
    default: null,
    description:
      'Requests per second at most, over all dispatchers and without bursts; null for no limit. Retries count, tests do not.',
  })
  rateLimit?: number | null;

  @MayBeNull()
  @TextCheckedLater({
    maxLength: MAX_URL_LENGTH,
    default: null,
    description: 'Dead letters are sent to this URL too, in one cycle by the same schedule.',
    example: null,
  })
  fallbackUrl?: string | null;

  @MayBeLeftOut()
  @Whole({
    minimum: 0,
    maximum: WEBHOOK_LIMITS.autoPauseAfter,
    default: DEFAULT_WEBHOOK_SETTINGS.autoPauseAfter,
    description: 'Consecutive failed attempts that pause the webhook; 0 for never.',
  })
  autoPauseAfter?: number;

  @MayBeLeftOut()
  @Nested(DeliveryInput)
  delivery?: DeliveryInput;

  @MayBeLeftOut()
  @OneOf(WEBHOOK_ORDERINGS, {
    default: 'none',
    description:
      'With `session`, the deliveries of one session go in the order in which their events were accepted; a delivery that fails holds back the later ones of its session only. A change applies to events that are accepted from then on.',
  })
  ordering?: WebhookOrdering;

  @MayBeLeftOut()
  @Flag({
    default: DEFAULT_WEBHOOK_SETTINGS.tracing,
    description:
      'Each request has a `traceparent` (W3C Trace Context), by whose trace id, the `traceId` of the attempt, your traces and ours are found together.',
  })
  tracing?: boolean;

  @MayBeLeftOut()
  @OneOf(WEBHOOK_STATUSES, { default: 'active' })
  status?: WebhookStatus;

  @MayBeLeftOut()
  @JsonObject({
    additionalProperties: true,
    maxProperties: MAX_METADATA_KEYS,
    default: {},
    description: `Yours to use: up to ${MAX_METADATA_KEYS} texts, numbers or booleans.`,
    example: { team: 'compliance' },
  })
  metadata?: Record<string, unknown>;
}
