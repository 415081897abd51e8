import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

/** A bordered surface. */
export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section {...rest} className={cx('rounded-lg border border-line bg-surface', className)} />
  );
}

interface SectionProps {
  title: string;
  /** A sentence below the title. */
  note?: ReactNode;
  /** Beside the title. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A card with a title. */
export function Section({ title, note, actions, children, className }: SectionProps) {
  return (
    <Card className={cx('p-4', className)} aria-label={title}>
      <div
        className={cx(
          'mb-3 flex flex-wrap justify-between gap-x-4 gap-y-2',
          note === undefined ? 'items-center' : 'items-start',
        )}
      >
        <div className="min-w-0 flex-1 basis-40">
          <h2 className="font-semibold">{title}</h2>
          {note !== undefined && <p className="text-sm text-muted">{note}</p>}
        </div>
        {actions !== undefined && <div className="flex gap-2">{actions}</div>}
      </div>
      {children}
    </Card>
  );
}
