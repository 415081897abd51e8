import { type ComponentProps, type ReactNode, useId } from 'react';
import { CONTROL } from './control.ts';
import { cx } from './cx.ts';

interface FieldProps {
  label: string;
  /** Below the control. */
  hint?: ReactNode;
  /** What is wrong with the value, and what to enter. */
  error?: string;
  className?: string;
}

interface FrameProps extends FieldProps {
  id: string;
  children: ReactNode;
}

const idsOf = (id: string, { hint, error }: FieldProps) =>
  error !== undefined ? `${id}-error` : hint !== undefined ? `${id}-hint` : undefined;

function Frame({ id, label, hint, error, className, children }: FrameProps) {
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {/* What is wrong stands in the hint's place, so that nothing below moves. */}
      {hint !== undefined && error === undefined && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

/** A line of text with its label. The rest goes to the `input`, also what react-hook-form registers. */
export function TextField({
  label,
  hint,
  error,
  className,
  mono,
  ...rest
}: FieldProps & { mono?: boolean } & Omit<ComponentProps<'input'>, 'className'>) {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <Frame {...{ id, label, hint, error, className }}>
      <input
        {...rest}
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={idsOf(id, { label, hint, error })}
        className={cx(CONTROL, 'w-full', mono && 'font-mono text-sm')}
      />
    </Frame>
  );
}

/** Several lines of text with their label. */
export function TextAreaField({
  label,
  hint,
  error,
  className,
  mono,
  ...rest
}: FieldProps & { mono?: boolean } & Omit<ComponentProps<'textarea'>, 'className'>) {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <Frame {...{ id, label, hint, error, className }}>
      <textarea
        rows={4}
        {...rest}
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={idsOf(id, { label, hint, error })}
        className={cx(CONTROL, 'h-auto w-full py-2', mono && 'font-mono text-sm')}
      />
    </Frame>
  );
}
