import type { ComponentProps } from 'react';
import { Labelled } from './labelled.tsx';
import { Select } from './select.tsx';

type SelectFieldProps<Value extends string> = ComponentProps<typeof Select<Value>> & {
  label: string;
  hint?: string;
  error?: string;
};

/** A {@link Select} with its label above it. */
export function SelectField<Value extends string>({
  hint,
  error,
  className = 'w-full',
  ...select
}: SelectFieldProps<Value>) {
  return (
    <Labelled label={select.label} hint={hint} error={error}>
      <Select {...select} className={className} />
    </Labelled>
  );
}
