import { type ComponentProps, useId } from 'react';
import { Select } from './select.tsx';

type SelectFieldProps<Value extends string> = ComponentProps<typeof Select<Value>> & {
  label: string;
  hint?: string;
};

/** A {@link Select} with its label above it. */
export function SelectField<Value extends string>({
  hint,
  className,
  ...select
}: SelectFieldProps<Value>) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5" aria-describedby={hint === undefined ? undefined : id}>
      <span aria-hidden className="text-sm font-medium">
        {select.label}
      </span>
      <Select {...select} className={className ?? 'w-full'} />
      {hint !== undefined && (
        <span id={id} className="text-xs text-muted">
          {hint}
        </span>
      )}
    </div>
  );
}
