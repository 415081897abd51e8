import type { ReactNode } from 'react';

interface LabelledProps {
  label: string;
  hint?: ReactNode;
  error?: string;
  children: ReactNode;
}

/** Gives a control that has no label of its own, such as a select, the label, hint and error of a text field. */
export function Labelled({ label, hint, error, children }: LabelledProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <span aria-hidden className="text-sm font-medium">
        {label}
      </span>
      {children}
      {hint !== undefined && <p className="text-xs text-muted">{hint}</p>}
      {error !== undefined && (
        <p role="alert" className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
