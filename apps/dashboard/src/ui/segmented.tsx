import { ToggleGroup } from '@base-ui/react/toggle-group';
import { Toggle } from '@base-ui/react/toggle';
import type { ReactNode } from 'react';
import { useChosenInSight } from './use-chosen-in-sight.ts';

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { value: Value; label: ReactNode }[];
}

/** Base UI never shows a toggle without a value as pressed, but here '' is a choice like any other. */
const keyOf = (value: string): string => `=${value}`;

/** A few choices side by side, one of which is selected: states, time ranges. */
export function Segmented<Value extends string>({
  label,
  value,
  onChange,
  choices,
}: SegmentedProps<Value>) {
  const list = useChosenInSight<HTMLDivElement>(value);
  return (
    <ToggleGroup
      ref={list}
      aria-label={label}
      value={[keyOf(value)]}
      onValueChange={([next]) => {
        const chosen = choices.find((choice) => keyOf(choice.value) === next);
        if (chosen) onChange(chosen.value);
      }}
      className="flex max-w-full overflow-x-auto rounded-md border border-line bg-raised p-0.5"
    >
      {choices.map(({ value: one, label: text }) => (
        <Toggle
          key={one}
          value={keyOf(one)}
          className="h-7.5 rounded px-2.5 whitespace-nowrap text-muted hover:text-ink data-pressed:bg-calm-tint data-pressed:font-medium data-pressed:text-ink"
        >
          {text}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
