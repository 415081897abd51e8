import type { ReplayWebhook } from '@schoolbell/api-client';
import { useMemo, useState } from 'react';
import { instantOf, localText, RANGES, type RangeName } from './replay-range.ts';

/** Which events a replay should send, as the user enters it; `body` is undefined while that is incomplete. */
export function useReplaySelection() {
  const [range, setRange] = useState<RangeName>('24h');
  // The range ends when it was chosen: later events are sent anyway.
  const [now, setNow] = useState(Date.now);
  const [from, setFrom] = useState(() => localText(now - 86_400_000));
  const [to, setTo] = useState(() => localText(now + 60_000));
  const [types, setTypes] = useState<string[]>([]);
  const [onlyMissing, setOnlyMissing] = useState(true);
  const body = useMemo((): ReplayWebhook | undefined => {
    const rest = { onlyMissing, ...(types.length > 0 && { types }) };
    const ready = RANGES.find(({ value }) => value === range);
    if (ready) {
      const ends = { from: new Date(now - ready.ms), to: new Date(now) };
      return { from: ends.from.toISOString(), to: ends.to.toISOString(), ...rest };
    }
    const ends = { from: instantOf(from), to: instantOf(to) };
    return ends.from && ends.to && ends.from < ends.to
      ? { from: ends.from, to: ends.to, ...rest }
      : undefined;
  }, [range, now, from, to, types, onlyMissing]);
  const choose = (next: RangeName) => {
    setRange(next);
    setNow(Date.now());
  };
  return {
    range,
    choose,
    from,
    setFrom,
    to,
    setTo,
    types,
    setTypes,
    onlyMissing,
    setOnlyMissing,
    body,
  };
}
