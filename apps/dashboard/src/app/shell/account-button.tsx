import type { ComponentProps } from 'react';

/** A button with the initials of the signed-in user. */
export function AccountButton({ name, ...rest }: ComponentProps<'button'> & { name: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={`Account of ${name}`}
      className="flex size-8 shrink-0 items-center justify-center rounded-full bg-held-tint text-xs font-semibold text-held"
    >
      {initialsOf(name)}
    </button>
  );
}

function initialsOf(name: string): string {
  const [first = '', last = ''] = name.split(/[\s.@]+/);
  return (first.slice(0, 1) + last.slice(0, 1)).toUpperCase();
}
