import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { CONTROL } from '../../ui/control.ts';
import { cx } from '../../ui/cx.ts';

const PAUSE_MS = 300;

interface IdFilterProps {
  /** As the address has it. */
  value: string;
  onChange: (id: string | undefined) => void;
  placeholder: string;
}

/** Narrows a list to an id, a short pause after it was typed. */
export function IdFilter({ value, onChange, placeholder }: IdFilterProps) {
  const [text, setText] = useState(value);
  /** What the address was last made of here: another value is somebody else's, such as the way back. */
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
    // Not for a new function of each drawing.
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
