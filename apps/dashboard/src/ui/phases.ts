import type { AttemptTimingsDocument } from '@schoolbell/api-client';

export interface Phase {
  name: 'DNS' | 'Connect' | 'TLS' | 'Waiting for the answer' | 'Reading the answer';
  ms: number;
}

/**
 * The phases of an attempt, in order. The API counts `firstByteMs` from the start, so the wait for the answer is what
 * remains of it. Without a first byte, all the rest was waiting, if there was a connection.
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

/** Whether the request used a connection that was already open. */
export function isReused({
  dnsMs,
  connectMs,
  tlsMs,
  firstByteMs,
}: AttemptTimingsDocument): boolean {
  return firstByteMs !== null && dnsMs === null && connectMs === null && tlsMs === null;
}
