import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';

interface CheckboxProps {
  checked: boolean;
  /** Some of the boxes that it stands for are checked. */
  indeterminate?: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  /** The visible label, which is also its name. */
  children: ReactNode;
  /** A second line. */
  note?: ReactNode;
}

export function Checkbox({
  checked,
  indeterminate,
  onChange,
  disabled,
  children,
  note,
}: CheckboxProps) {
  return (
    <label className="flex items-start gap-2.5">
      <Base.Root
        checked={checked}
        indeterminate={indeterminate}
        disabled={disabled}
        onCheckedChange={onChange}
        className="mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded border border-line-strong bg-raised data-checked:border-accent data-checked:bg-accent data-disabled:opacity-55 data-indeterminate:border-accent data-indeterminate:bg-accent"
      >
        <Base.Indicator className="text-on-accent">
          {indeterminate ? (
            <Minus aria-hidden className="size-3.5" />
          ) : (
            <Check aria-hidden className="size-3.5" />
          )}
        </Base.Indicator>
      </Base.Root>
      <span>
        {children}
        {note !== undefined && <span className="block text-xs text-muted">{note}</span>}
      </span>
    </label>
  );
}
