import { useId } from 'react';
import { Hatch } from './hatch.tsx';

/** Explains a bar's colour and pattern, or a line's dashes. */
export function BarKey({ label, hatched }: { label: string; hatched?: boolean }) {
  const pattern = useId();
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden width="12" height="12" className="shrink-0">
        {hatched && <Hatch id={pattern} />}
        <rect
          width="12"
          height="12"
          rx="2"
          className={hatched ? undefined : 'fill-good-mark'}
          fill={hatched ? `url(#${pattern})` : undefined}
        />
      </svg>
      {label}
    </span>
  );
}

export function LineKey({
  label,
  className,
  dash,
}: {
  label: string;
  className: string;
  dash?: string;
}) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden width="20" height="12" className={`shrink-0 ${className}`}>
        <line x2="20" y1="6" y2="6" stroke="currentColor" strokeWidth="2" strokeDasharray={dash} />
      </svg>
      {label}
    </span>
  );
}

export function Legend({ children }: { children: React.ReactNode }) {
  return <span className="flex flex-wrap gap-x-4 gap-y-1">{children}</span>;
}
