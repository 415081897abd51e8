import type { ResponseTimes } from '../../steps/response-time.js';

/** How the attempts of some time went; tests are not among them. */
export interface AttemptStats {
  delivered: number;
  failed: number;
  interrupted: number;
  /** Delivered of those that ended in either way, 0 to 1; null when none did. */
  successRate: number | null;
  /** Of the attempts that were answered at all; null when none was. */
  responseTimeMs: ResponseTimes | null;
}
