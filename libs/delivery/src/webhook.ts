import type { AttemptError } from './attempt.js';
import type { TlsIdentity } from './tls-identity.js';

export const WEBHOOK_STATUSES = ['active', 'paused'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** Why a webhook is paused; `handshake`: its receiver was asked for its consent and has not given it. */
export const PAUSE_REASONS = ['manual', 'consecutive_failures', 'gone', 'handshake'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/**
 * How a receiver recognises that a request comes from Schoolbell. `sign` adds the signature headers or leaves them
 * out; without it only `signature` is signed.
 */
export type WebhookAuthentication = { sign?: boolean } & (
  | { type: 'signature' }
  | { type: 'none' }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string }
  | OAuth2Authentication
  | { type: 'form'; username: string; password: string }
);

/** Client credentials of RFC 6749, section 4.4. */
export interface OAuth2Authentication {
  type: 'oauth2';
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope?: string;
  audience?: string;
}

export const AUTHENTICATION_TYPES = [
  'signature',
  'none',
  'basic',
  'bearer',
  'oauth2',
  'form',
] as const satisfies readonly WebhookAuthentication['type'][];

/** A customer's own notes on a webhook. */
export type WebhookMetadata = Record<string, string | number | boolean | null>;

/** Why an evaluation of a webhook's filter failed, last. */
export interface FilterError {
  code: string;
  message: string;
  /** TypeID. */
  eventId: string;
  /** RFC 3339. */
  at: string;
}

/** What signs for one webhook; `previous` while a rotation overlaps. */
export interface WebhookSecrets {
  current: string;
  previous?: string;
  previousExpiresAt?: Date;
}

/** A signature header in place of the format's own, for receivers that look for another. */
export interface SignatureOverride {
  header?: string;
  encoding?: 'hex' | 'base64';
  /** Text in front of the encoded signature. */
  prefix?: string;
}

/** What a webhook has set about its format: the format's own settings under the field that it names. */
export interface FormatSettingsOfWebhook {
  signature?: SignatureOverride;
  [field: string]: unknown;
}

/** Everything about a webhook that sending needs, with its secrets in the clear. Never logged. */
export interface WebhookForSending {
  id: string;
  tenantId: string;
  /** Its number within its tenant, from 1. */
  number: number;
  /** Rises with every change of a setting; tells a cached copy that it is stale. */
  version: number;
  url: string;
  format: string;
  formatSettings: FormatSettingsOfWebhook;
  /** JSONata; null: it wants every event that it listens to. */
  filter: string | null;
  /** JSONata that makes its bodies, for the format that is made so. */
  template: string | null;
  /** The customer's own notes, which a template sees. */
  metadata: WebhookMetadata;
  authentication: WebhookAuthentication;
  headers: Record<string, string>;
  secrets: WebhookSecrets;
  /** Of a webhook with a client certificate or a CA of its own. */
  identity?: TlsIdentity | undefined;
  timeoutSeconds: number;
  /** Seconds before each retry of a cycle. */
  retrySchedule: readonly number[];
  /** Consecutive failed attempts that pause it; 0 = never. */
  autoPauseAfter: number;
  /** Each request tells its receiver of its trace. Default false. */
  tracing?: boolean;
  /** The tenant's, for formats that show them. */
  tenantIri: string | null;
  tenantDomain: string | null;
  /** The origin that its receiver allowed, if a handshake asked for it. */
  consentedOrigin?: string | null;
  /** What receivers of the SCORM API know the tenant by; null: its TypeID. */
  scormApiTenantId: string | null;
}

/**
 * A webhook whose stored secrets cannot be read: the encryption key is missing, or the row was damaged. Its due
 * deliveries die with `error` until that pauses the webhook; the rest is held until somebody repairs it.
 */
export interface UnreadableWebhook extends Omit<
  WebhookForSending,
  'authentication' | 'headers' | 'secrets' | 'identity'
> {
  error: AttemptError;
}
