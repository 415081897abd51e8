import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

interface TableProps extends ComponentProps<'table'> {
  label: string;
  /** Whether it ends a card, edge to edge, instead of having its own frame. */
  inCard?: boolean;
}

/** A table in a card, which scrolls sideways on narrow windows. */
export function Table({ label, inCard = false, className, ...rest }: TableProps) {
  return (
    // `relative`: otherwise its words for screen readers would widen the page.
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

/** The window width from which a column is shown. */
const SHOWN_FROM = {
  sm: 'hidden sm:table-cell',
  md: 'hidden md:table-cell',
  lg: 'hidden lg:table-cell',
};

interface CellProps {
  /** Right-aligned, so that digits line up. */
  numeric?: boolean;
  /** Hidden on narrower windows. */
  from?: keyof typeof SHOWN_FROM;
}

/** The head of a column. */
export function Th({ numeric, from, className, ...rest }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        'h-9 border-b border-line px-2 text-xs font-medium whitespace-nowrap text-muted first:pl-3 last:pr-3 sm:px-3 sm:first:pl-4 sm:last:pr-4',
        numeric && 'text-right',
        from && SHOWN_FROM[from],
        className,
      )}
    />
  );
}

/** The head of a column of buttons, named for screen readers only. */
export function ActionsTh() {
  return (
    <Th>
      <span className="sr-only">Actions</span>
    </Th>
  );
}

export function Td({ numeric, from, className, ...rest }: ComponentProps<'td'> & CellProps) {
  return (
    <td
      {...rest}
      className={cx(
        'h-9 border-b border-line px-2 py-1.5 first:pl-3 last:pr-3 sm:px-3 sm:first:pl-4 sm:last:pr-4 [tr:last-child>&]:border-b-0',
        numeric && 'text-right tabular-nums',
        from && SHOWN_FROM[from],
        className,
      )}
    />
  );
}
