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

/** Props of the control itself, whichever it is. */
interface OwnProps extends FieldProps {
  /** For ids, URLs and code: no spell check, and no suggestions from the browser. */
  mono?: boolean;
}

interface ControlProps {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

interface FrameProps extends FieldProps {
  id: string | undefined;
  children: (control: ControlProps) => ReactNode;
}

function Frame({ id: given, label, hint, error, className, children }: FrameProps) {
  const own = useId();
  const id = given ?? own;
  const isWrong = error !== undefined;
  // The fault replaces the hint, so that nothing below moves.
  const isHinted = hint !== undefined && !isWrong;
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': isWrong || undefined,
        'aria-describedby': isWrong ? `${id}-error` : isHinted ? `${id}-hint` : undefined,
      })}
      {isHinted && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {isWrong && (
        <p id={`${id}-error`} role="alert" className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

const NO_PROSE = { autoComplete: 'off', spellCheck: false } as const;

/** A line of text with its label. All other props go to the `input`, such as those that react-hook-form registers. */
export function TextField({
  label,
  hint,
  error,
  className,
  mono,
  ...rest
}: OwnProps & Omit<ComponentProps<'input'>, 'className'>) {
  return (
    <Frame {...{ id: rest.id, label, hint, error, className }}>
      {(control) => (
        <input
          {...(mono && NO_PROSE)}
          {...rest}
          {...control}
          className={cx(CONTROL, 'w-full', mono && 'font-mono text-sm')}
        />
      )}
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
}: OwnProps & Omit<ComponentProps<'textarea'>, 'className'>) {
  return (
    <Frame {...{ id: rest.id, label, hint, error, className }}>
      {(control) => (
        <textarea
          rows={4}
          {...(mono && NO_PROSE)}
          {...rest}
          {...control}
          className={cx(CONTROL, 'h-auto w-full py-2', mono && 'font-mono text-sm')}
        />
      )}
    </Frame>
  );
}
