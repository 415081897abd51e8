import type { WebhookOrdering } from './ordering.js';
import type { FormatSettingsOfWebhook, WebhookAuthentication, WebhookMetadata } from './webhook.js';
import type { ClientCertificate } from './tls-identity.js';

/** In `eventTypes`: the webhook listens to every event type. */
export const ALL_EVENTS = '*';

/** How deliveries go out: each in a request of its own, or several together. */
export type DeliveryMode =
  | { mode: 'single' }
  | {
      mode: 'batch';
      maxEvents: number;
      /** How long the oldest waits for others. */
      intervalSeconds: number;
      /** Of `session.progress`, only the newest of each session is sent. */
      coalesce?: boolean;
      /** A batch holds events of one type only: what the format asks for, not the customer. */
      sameType?: boolean;
    };

/** What a customer chooses for a webhook. */
export interface WebhookSettings {
  url: string;
  description: string;
  /** Of the catalogue, or {@link ALL_EVENTS}. */
  eventTypes: string[];
  /** The customer asked for {@link ALL_EVENTS}, and `eventTypes` are those that the format carries instead. */
  everyEvent: boolean;
  /** Both empty: the events of all packages and dispatches. */
  packageIds: string[];
  dispatchIds: string[];
  format: string;
  formatSettings: FormatSettingsOfWebhook;
  /** JSONata; null: every event that it listens to. */
  filter: string | null;
  /** JSONata, for the format that is made by one. */
  template: string | null;
  authentication: WebhookAuthentication;
  headers: Record<string, string>;
  clientCertificate: ClientCertificate | null;
  /** Authorities (PEM) that are trusted in place of the public ones. */
  ca: string | null;
  /** For a whole attempt, from connecting to the last byte. */
  timeoutSeconds: number;
  /** Seconds before each retry of a cycle. */
  retrySchedule: number[];
  /** Deliveries per second; null: as fast as they come. */
  rateLimit: number | null;
  /** Deliveries that die are sent here too. */
  fallbackUrl: string | null;
  /** Consecutive failed attempts that pause the webhook; 0 = never. */
  autoPauseAfter: number;
  delivery: DeliveryMode;
  ordering: WebhookOrdering;
  /** Each request tells its receiver of its trace, by `traceparent`. */
  tracing: boolean;
  metadata: WebhookMetadata;
}

/** What a new webhook has unless its customer chooses otherwise. */
export const DEFAULT_WEBHOOK_SETTINGS = {
  description: '',
  packageIds: [],
  dispatchIds: [],
  format: 'allureconnect',
  formatSettings: {},
  filter: null,
  template: null,
  authentication: { type: 'signature' },
  headers: {},
  clientCertificate: null,
  ca: null,
  timeoutSeconds: 10,
  /** 30 s, 2 min, 10 min, 1 h, 6 h: AllureConnect's published schedule. */
  retrySchedule: [30, 120, 600, 3600, 21_600],
  rateLimit: null,
  fallbackUrl: null,
  autoPauseAfter: 5,
  delivery: { mode: 'single' },
  ordering: 'none',
  tracing: false,
  metadata: {},
} satisfies Omit<WebhookSettings, 'url' | 'eventTypes' | 'everyEvent'>;

/** The highest value of each setting that has one. */
export const WEBHOOK_LIMITS = {
  eventTypes: 100,
  timeoutSeconds: 30,
  /** Delays of a `retrySchedule`. */
  retries: 20,
  /** One delay of a `retrySchedule`: a day. */
  retryDelaySeconds: 86_400,
  /** Deliveries per second. */
  rateLimit: 1_000,
  autoPauseAfter: 10_000,
  batchEvents: 100,
  batchIntervalSeconds: 3_600,
} as const;
