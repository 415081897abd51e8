import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

interface TableProps extends ComponentProps<'table'> {
  label: string;
  /** It ends a section, up to the edges, instead of having a frame of its own. */
  inCard?: boolean;
}

/** A table in a card that scrolls sideways by itself where the page is narrow. */
export function Table({ label, inCard = false, className, ...rest }: TableProps) {
  return (
    // `relative`: words for screen readers in it would widen the page otherwise.
    <div
      className={cx(
        'relative overflow-x-auto border-line',
        inCard ? '-mx-4 -mb-4 rounded-b-lg border-t' : 'rounded-lg border bg-surface',
      )}
    >
      <table
        {...rest}
        aria-label={label}
        className={cx('w-full border-collapse text-left', className)}
      />
    </div>
  );
}

/** @param numeric figures stand at the right, below each other */
export function Th({ numeric, className, ...rest }: ComponentProps<'th'> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        'h-9 border-b border-line px-2 text-xs font-medium whitespace-nowrap text-muted first:pl-3 last:pr-3 sm:px-3 sm:first:pl-4 sm:last:pr-4',
        numeric && 'text-right',
        className,
      )}
    />
  );
}

export function Td({ numeric, className, ...rest }: ComponentProps<'td'> & { numeric?: boolean }) {
  return (
    <td
      {...rest}
      className={cx(
        'h-9 border-b border-line px-2 py-1.5 first:pl-3 last:pr-3 sm:px-3 sm:first:pl-4 sm:last:pr-4 [tr:last-child>&]:border-b-0',
        numeric && 'text-right tabular-nums',
        className,
      )}
    />
  );
}
