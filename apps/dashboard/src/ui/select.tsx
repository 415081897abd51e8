import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { CONTROL } from './control.ts';
import { cx } from './cx.ts';

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  /** A second line in the list. */
  note?: string;
}

interface SelectProps<Value extends string> {
  /** Its name where there is no visible label. */
  label?: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly Choice<Value>[];
  disabled?: boolean;
  className?: string;
}

/** One choice of a list; `''` can be a value, such as "Every webhook". */
export function Select<Value extends string>({
  label,
  value,
  onChange,
  choices,
  disabled,
  className,
}: SelectProps<Value>) {
  return (
    <Base.Root
      items={[...choices]}
      value={value}
      disabled={disabled}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          CONTROL,
          'inline-flex min-w-40 items-center justify-between gap-2',
          className,
        )}
      >
        <Base.Value className="truncate" />
        <Base.Icon>
          <ChevronsUpDown aria-hidden className="size-4 text-muted" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} alignItemWithTrigger={false} className="z-10 outline-none">
          <Base.Popup className="max-h-[min(22rem,var(--available-height))] max-w-[min(28rem,var(--available-width))] min-w-(--anchor-width) overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-popup outline-none">
            {choices.map(({ value: one, label: text, note }) => (
              <Base.Item
                key={one}
                value={one}
                className="grid cursor-default grid-cols-[1rem_minmax(0,1fr)] items-center gap-x-2 rounded-md px-2 py-1.5 outline-none select-none data-highlighted:bg-hover"
              >
                <Base.ItemIndicator>
                  <Check aria-hidden className="size-4" />
                </Base.ItemIndicator>
                <Base.ItemText className="col-start-2 line-clamp-2 wrap-anywhere">
                  {text}
                </Base.ItemText>
                {note !== undefined && (
                  <span className="col-start-2 text-xs wrap-anywhere text-muted">{note}</span>
                )}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
