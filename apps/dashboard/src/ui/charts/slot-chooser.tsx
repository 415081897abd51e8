import type { KeyboardEvent, PointerEvent } from 'react';
import { slotAt, slotByKey } from './slot-at.ts';

interface SlotChooserProps {
  label: string;
  /** Pixels of the axis at the left. */
  left: number;
  count: number;
  chosen: number | undefined;
  onChoose: (slot: number | undefined) => void;
  /** The screen reader's text for a slot. */
  textOf: (slot: number) => string;
}

/** Lies over a chart: the pointer, or the arrow keys as on a slider, choose a slot. */
export function SlotChooser({ label, left, count, chosen, onChoose, textOf }: SlotChooserProps) {
  if (count === 0) return null;
  const last = count - 1;
  const point = ({ clientX, currentTarget }: PointerEvent<HTMLDivElement>) => {
    const box = currentTarget.getBoundingClientRect();
    onChoose(slotAt(clientX - box.left, box.width, count));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onChoose(undefined);
    const next = slotByKey(event.key, chosen, count);
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={chosen ?? last}
      aria-valuetext={textOf(Math.min(last, chosen ?? last))}
      onPointerMove={point}
      onPointerDown={point}
      // Lifting a finger also leaves, but the figures are still wanted then.
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && onChoose(undefined)}
      onKeyDown={press}
      onBlur={() => onChoose(undefined)}
      className="absolute inset-y-0 right-0 touch-pan-y rounded"
      style={{ left }}
    />
  );
}
