import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { CONTROL } from '../../ui/control.ts';
import { cx } from '../../ui/cx.ts';

const PAUSE_MS = 300;

interface IdFilterProps {
  /** The value in the address. */
  value: string;
  onChange: (id: string | undefined) => void;
  placeholder: string;
}

/** Narrows a list to an id, shortly after it was typed. */
export function IdFilter({ value, onChange, placeholder }: IdFilterProps) {
  const [text, setText] = useState(value);
  /** The last value that this field put into the address: any other came from elsewhere, such as the back button. */
  const told = useRef(value);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const id = text.trim();
    if (id === told.current) return;
    const timer = setTimeout(() => {
      told.current = id;
      onChange(id || undefined);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
    // `onChange` is a new function on each render.
    // eslint-disable-next-line react/exhaustive-deps
  }, [text]);
  return (
    <div className="relative min-w-48 grow sm:max-w-80">
      <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-muted" />
      <input
        aria-label="Filter by an id"
        placeholder={placeholder}
        spellCheck={false}
        value={text}
        onChange={({ target }) => setText(target.value)}
        className={cx(CONTROL, 'w-full pl-9')}
      />
    </div>
  );
}
