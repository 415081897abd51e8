import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { CONTROL } from '../../ui/control.ts';
import { cx } from '../../ui/cx.ts';

/** The box that takes any id. */
export function AnyIdBox() {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  return (
    <form
      role="search"
      className="relative w-full max-w-115"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void navigate({ to: '/search', search: { q: text.trim() } });
      }}
    >
      <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-muted" />
      <input
        aria-label="Search by any id"
        placeholder="Learner, session, package, event or delivery id"
        value={text}
        onChange={({ target }) => setText(target.value)}
        className={cx(CONTROL, 'w-full pl-9')}
      />
    </form>
  );
}
