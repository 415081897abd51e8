import type { AttemptTimingsDocument } from '@schoolbell/api-client';

interface Phase {
  label: string;
  ms: number;
  /** Of 100. */
  share: number;
  color: string;
}

const PHASES = [
  { key: 'dnsMs', label: 'DNS', color: 'bg-phase-dns' },
  { key: 'connectMs', label: 'connect', color: 'bg-phase-connect' },
  { key: 'tlsMs', label: 'TLS', color: 'bg-phase-tls' },
  { key: 'firstByteMs', label: 'first byte', color: 'bg-phase-answer' },
] as const;

/** How long each part of an attempt took; those that did not happen are left out. */
export function phasesOf(timings: AttemptTimingsDocument): Phase[] {
  const taken = PHASES.flatMap(({ key, label, color }) => {
    const ms = timings[key];
    return ms === null ? [] : [{ label, ms, color }];
  });
  const all = taken.reduce((sum, { ms }) => sum + ms, 0);
  return taken.map((phase) => ({ ...phase, share: all === 0 ? 0 : (100 * phase.ms) / all }));
}
