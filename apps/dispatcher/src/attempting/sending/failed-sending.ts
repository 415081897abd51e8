import type { AttemptError, AttemptTimings, SendResult } from '@schoolbell/delivery';

const NOTHING_HAPPENED: AttemptTimings = {
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteMs: null,
  totalMs: 0,
};

/** The outcome of an attempt for which no request could be made. */
export function neverSent(error: AttemptError): SendResult {
  return { kind: 'failed', error, timings: NOTHING_HAPPENED };
}

/** The outcome of an attempt during which Schoolbell's own code threw; not the receiver's fault, and worth a retry. */
export function sendingBroke(error: unknown, totalMs: number): SendResult {
  const internal = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    kind: 'failed',
    error: {
      code: 'network',
      message: 'Schoolbell failed while sending the request. There is nothing to do on your side.',
      internal,
      ours: true,
    },
    timings: { ...NOTHING_HAPPENED, totalMs },
  };
}
