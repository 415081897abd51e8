import type { AttemptTimingsDocument } from '@schoolbell/api-client';

export interface Phase {
  name: 'DNS' | 'Connect' | 'TLS' | 'Waiting for the answer' | 'Reading the answer';
  ms: number;
}

/**
 * What an attempt spent its time on, in order. The API counts `firstByteMs` from the start, so that the wait for the
 * answer is what remains of it; without a first byte all that remains is waiting, if there was a connection to wait on.
 */
export function phasesOf(timings: AttemptTimingsDocument): Phase[] {
  const { dnsMs, connectMs, tlsMs, firstByteMs, totalMs } = timings;
  const opening = (dnsMs ?? 0) + (connectMs ?? 0) + (tlsMs ?? 0);
  const answeredAt = firstByteMs ?? totalMs ?? opening;
  const phases: [Phase['name'], number | null][] = [
    ['DNS', dnsMs],
    ['Connect', connectMs],
    ['TLS', tlsMs],
    ['Waiting for the answer', answeredAt - opening],
    ['Reading the answer', firstByteMs === null || totalMs === null ? null : totalMs - firstByteMs],
  ];
  return phases.flatMap(([name, ms]) => (ms === null || ms < 0 ? [] : [{ name, ms }]));
}

/** Whether the request went out on a connection that was open already. */
export function isReused({
  dnsMs,
  connectMs,
  tlsMs,
  firstByteMs,
}: AttemptTimingsDocument): boolean {
  return firstByteMs !== null && dnsMs === null && connectMs === null && tlsMs === null;
}
