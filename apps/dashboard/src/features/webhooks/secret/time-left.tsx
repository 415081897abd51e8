import { useEffect, useState } from 'react';
import { inUtc, inZone } from '../../../ui/instants.ts';
import { inWords } from '../settings/durations.ts';

const EVERY_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** The time until a moment, counting down. */
export function TimeLeft({ until }: { until: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time
      dateTime={until}
      title={`${inZone(until, 'full')}\n${inUtc(until)}`}
      className="font-medium tabular-nums"
    >
      {leftInWords(Date.parse(until) - now)}
    </time>
  );
}

/** Seconds only in the last hour, when they matter. */
function leftInWords(ms: number): string {
  if (ms <= 0) return 'no longer';
  const step = ms > HOUR_MS ? MINUTE_MS : 1_000;
  return inWords((Math.ceil(ms / step) * step) / 1_000);
}
