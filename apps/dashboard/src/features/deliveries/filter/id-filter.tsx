import { useEffect, useRef, useState } from 'react';
import { CONTROL } from '../../../ui/control.ts';
import { cx } from '../../../ui/cx.ts';
import { useFilters } from '../use-filters.ts';

/** Long enough that an id is asked for once, not for each letter. */
const TYPING_MS = 250;

/** Any one id; it goes into the address when typing pauses. */
export function IdFilter() {
  const { filters, change } = useFilters();
  const inAddress = filters.q ?? '';
  const [text, setText] = useState(inAddress);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // After going back or following a link, the address is right.
  useEffect(() => setText(inAddress), [inAddress]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => change({ q: next.trim() || undefined }, { typing: true }),
      TYPING_MS,
    );
  };
  return (
    <input
      type="search"
      aria-label="Filter by an id"
      placeholder="Learner, session, event id …"
      value={text}
      spellCheck={false}
      autoComplete="off"
      onChange={({ target }) => type(target.value)}
      className={cx(CONTROL, 'w-full min-w-0 lg:w-60')}
    />
  );
}
