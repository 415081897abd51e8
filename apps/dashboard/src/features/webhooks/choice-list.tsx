import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';

interface ChoiceListProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { value: Value; label: ReactNode; note?: ReactNode }[];
}

/** A few choices in a column, each with a sentence that explains it. */
export function ChoiceList<Value extends string>({
  label,
  value,
  onChange,
  choices,
}: ChoiceListProps<Value>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      className="flex flex-col gap-2"
    >
      {choices.map(({ value: one, label: text, note }) => (
        <label
          key={one}
          className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2 hover:border-line-strong has-data-checked:border-accent"
        >
          <Radio.Root
            value={one}
            className="mt-0.75 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-raised data-checked:border-accent data-checked:bg-accent"
          >
            <Radio.Indicator className="size-1.5 rounded-full bg-on-accent" />
          </Radio.Root>
          <span>
            <span className="font-medium">{text}</span>
            {note !== undefined && <span className="block text-sm text-muted">{note}</span>}
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
