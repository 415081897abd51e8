import { X509Certificate } from 'node:crypto';
import type {
  ClientCertificate,
  DeliveryMode,
  FilterError,
  FormatSettingsOfWebhook,
  PauseReason,
  WebhookAuthentication,
  WebhookOrdering,
  WebhookSettings,
  WebhookStatus,
} from '@schoolbell/delivery';
import type { SecretBox } from '../../database/encryption.js';
import type { Webhook } from '../../generated/client.js';
import { ifReadable } from '../../database/if-readable.js';
import { readClientCertificate } from '../../database/tls-identity.js';

/** A webhook as it is stored, its authentication and headers in the clear, without its secrets. */
export interface WebhookRecord extends Omit<WebhookSettings, 'authentication' | 'headers'> {
  /** Null when it cannot be read. */
  authentication: WebhookAuthentication | null;
  /** Null when they cannot be read. */
  headers: Record<string, string> | null;
  /** When its client certificate ends, also of one that cannot be read. */
  certificateExpiresAt: Date | null;
  id: string;
  tenantId: string;
  /** Within its tenant, from 1. */
  number: number;
  version: number;
  filterError: FilterError | null;
  /** Of the key pair that signs, as receivers need it; null where a shared secret does. */
  publicKey: string | null;
  status: WebhookStatus;
  pauseReason: PauseReason | null;
  pausedAt: Date | null;
  pauseLastError: string | null;
  consecutiveFailures: number;
  /** As whom its receiver let us send; null where it was not asked, or has not consented. */
  consentedOrigin: string | null;
  /** How many requests a minute it lets through then; null for any number. */
  consentedRate: number | null;
  createdAt: Date;
  updatedAt: Date;
}

export function toWebhookRecord(row: Webhook, box: SecretBox): WebhookRecord {
  const {
    secret: _current,
    previousSecret: _previous,
    previousSecretExpiresAt: _end,
    ...rest
  } = row;
  const {
    deletedAt: _deleted,
    certificateWarnedDays: _warned,
    wantsSince: _since,
    ...shown
  } = rest;
  const { clientCertificate: encrypted } = row;
  return {
    ...shown,
    authentication: ifReadable(() => JSON.parse(box.decrypt(row.authentication))),
    headers: ifReadable(() => JSON.parse(box.decrypt(row.headers))),
    clientCertificate:
      encrypted === null ? null : ifReadable(() => readClientCertificate(encrypted, box)),
    filterError: row.filterError as unknown as FilterError | null,
    formatSettings: row.formatSettings as FormatSettingsOfWebhook,
    delivery: row.delivery as unknown as DeliveryMode,
    ordering: row.ordering as WebhookOrdering,
    metadata: row.metadata as WebhookSettings['metadata'],
    status: row.status as WebhookStatus,
    pauseReason: row.pauseReason as PauseReason | null,
  };
}

/** The columns of settings, with what must be secret encrypted; fields that are left out stay out. */
export function toWebhookColumns<T extends Partial<WebhookSettings>>(
  settings: T,
  box: SecretBox,
): Omit<T, 'authentication' | 'headers' | 'clientCertificate'> & {
  [K in keyof T & ('authentication' | 'headers')]: string;
} & CertificateColumns {
  const { authentication, headers, clientCertificate, ...rest } = settings;
  return {
    ...rest,
    ...(clientCertificate !== undefined && certificateColumns(clientCertificate, box)),
    ...(authentication && { authentication: box.encrypt(JSON.stringify(authentication)) }),
    ...(headers && { headers: box.encrypt(JSON.stringify(headers)) }),
  } as ReturnType<typeof toWebhookColumns<T>>;
}

interface CertificateColumns {
  clientCertificate?: string | null;
  certificateExpiresAt?: Date | null;
  certificateWarnedDays?: null;
}

/** Nobody was warned of the end of a new one yet. */
function certificateColumns(client: ClientCertificate | null, box: SecretBox): CertificateColumns {
  return {
    clientCertificate: client && box.encrypt(JSON.stringify(client)),
    certificateExpiresAt: client && new X509Certificate(client.certificate).validToDate,
    certificateWarnedDays: null,
  };
}
