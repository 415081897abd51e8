import { useEffect, useState } from 'react';

/** A value once it has stood still for so many milliseconds. */
export function useDebounced<Value>(value: Value, ms: number): Value {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
    // By what it says: an equal object is the same value.
    // eslint-disable-next-line react/exhaustive-deps
  }, [text, ms]);
  return settled;
}
