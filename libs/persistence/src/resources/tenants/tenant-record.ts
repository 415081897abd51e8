import type { Tenant } from '../../generated/client.js';

/** The customer organisation that owns webhooks, events and keys. */
export type TenantRecord = Tenant;

export interface TenantDraft {
  name: string;
  /** Launches a month in its plan; null: unlimited. */
  monthlyLaunchLimit?: number | null;
  /** How many webhooks it may have. Default 100. */
  webhookLimit?: number;
  /** How many event types of its own the tenant may have. Default 200. */
  eventTypeLimit?: number;
  /** For formats that name the platform by IRI. */
  iri?: string | null;
  /** For formats that name the platform by host name. */
  domain?: string | null;
  /** The UUID that receivers of the SCORM API know it by; null: its own id. */
  scormApiTenantId?: string | null;
  /** Who is told by e-mail of paused webhooks and of thresholds of usage. Default nobody. */
  notificationEmails?: string[];
  /** How commits of SCORM players are read: see `ScormRules` of libs/scorm. Default false. */
  scormCompletionOnFailed?: boolean;
  /** Default true. */
  scormApplyThresholds?: boolean;
}
