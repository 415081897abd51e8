import type { SettingValues } from './format-settings.js';
import type { Header } from './header.js';

/** As whom we ask for consent, and for what. */
export interface ConsentRequest {
  /** A DNS name, the same for all of an installation. */
  origin: string;
  /** Null: as fast as they come. */
  requestsPerMinute: number | null;
}

/** What a receiver's answer says. */
export type Consent =
  /** `perMinute` is null where the receiver sets no limit. */
  | { given: true; perMinute: number | null }
  /** `message` is for the customer: what the receiver answered, and what to do. */
  | { given: false; message: string };

/** For formats whose receivers can be asked, by `OPTIONS` to the webhook's URL, before anything is sent to them. */
export interface HandshakeRules {
  /** Whether a webhook that has set these wants it. */
  isWanted(settings: SettingValues): boolean;
  /** Of the question. */
  headers(request: ConsentRequest): readonly Header[];
  /** @param answer its headers have lower-case names */
  read(answer: { status: number; headers: Record<string, string> }, origin: string): Consent;
  /** Of every delivery, once there is consent. */
  deliveryHeaders(origin: string): readonly Header[];
}
