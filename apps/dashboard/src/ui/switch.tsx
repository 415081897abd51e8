import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';

interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
  note?: ReactNode;
}

/** A setting that is on or off, with immediate effect. */
export function Switch({ checked, onChange, disabled, children, note }: SwitchProps) {
  return (
    <label className="flex items-start justify-between gap-4">
      <span>
        <span className="font-medium">{children}</span>
        {note !== undefined && <span className="block text-sm text-muted">{note}</span>}
      </span>
      <Base.Root
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="mt-0.5 flex h-5 w-9 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors data-checked:bg-accent data-disabled:opacity-55"
      >
        <Base.Thumb className="size-4 rounded-full bg-on-accent transition-transform data-checked:translate-x-4" />
      </Base.Root>
    </label>
  );
}
