/** Why an attempt was made. */
export const ATTEMPT_TRIGGERS = ['scheduled', 'manual', 'fallback', 'test'] as const;
export type AttemptTrigger = (typeof ATTEMPT_TRIGGERS)[number];

export const ATTEMPT_OUTCOMES = ['delivered', 'failed', 'interrupted'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/**
 * What went wrong when a receiver could not be reached or did not answer in time; shown to customers, so the words
 * say nothing about our network. An answer outside 2xx is `http_status`, a redirect `redirect`. The webhook's
 * settings cause `unsendable`, a damaged row in our database causes `damaged_event`, and the token endpoint of its
 * OAuth 2.0 causes `token_unavailable`.
 */
export const ATTEMPT_ERROR_CODES = [
  'http_status',
  'redirect',
  'timeout',
  'connection_refused',
  'connection_reset',
  'dns',
  'tls',
  'blocked_address',
  'network',
  'invalid_response',
  'interrupted',
  'unsendable',
  'damaged_event',
  'token_unavailable',
] as const;
export type AttemptErrorCode = (typeof ATTEMPT_ERROR_CODES)[number];

export interface AttemptError {
  code: AttemptErrorCode;
  /** One sentence for the customer: what happened and what to look at. No address, no internal error. */
  message: string;
  /** For the operator's log only, never stored with the attempt. */
  internal?: string;
  /** The failure is on our side, or a choice of ours caused it: it never counts for the automatic pause. */
  ours?: true;
  /** The next attempt need not wait for the schedule, though it uses up one step of it. */
  retrySoon?: true;
  /** The attempt uses up no step of the schedule: the next one follows within minutes, however many there were. */
  outsideSchedule?: true;
}

/** Whole milliseconds; `null` for a step that did not happen, such as TLS on a reused connection. */
export interface AttemptTimings {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  totalMs: number;
}

export interface ReceivedResponse {
  status: number;
  /** Lower-case names; a repeated header is joined with `, `. */
  headers: Record<string, string>;
  /** At most 16 KiB, decoded as UTF-8 with U+FFFD for what is not; never decompressed. */
  body: string;
  /** True when the receiver sent more than was read. */
  truncated: boolean;
}

/** The outcome of one HTTP request. A receiver's failure is data, never an exception. */
export type SendResult =
  | { kind: 'answered'; response: ReceivedResponse; timings: AttemptTimings }
  | {
      kind: 'failed';
      error: AttemptError;
      timings: AttemptTimings;
      /** Set when the status arrived and the body then failed. */
      response?: ReceivedResponse;
    };
