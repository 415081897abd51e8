import { useEffect, useState } from 'react';

/** A value once it has stayed unchanged for `ms` milliseconds. */
export function useDebounced<Value>(value: Value, ms: number): Value {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
    // Compared as text: an equal object is the same value.
    // eslint-disable-next-line react/exhaustive-deps
  }, [text, ms]);
  return settled;
}
