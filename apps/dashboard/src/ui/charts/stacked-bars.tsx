import { scaleLinear } from '@visx/scale';
import { useId } from 'react';
import { shortCount } from '../numbers.ts';
import type { Plot, Slot } from './slot.ts';
import { Hatch } from './hatch.tsx';
import { ValueAxis } from './value-axis.tsx';

interface StackedBarsProps<Data extends Slot> {
  plot: Plot<Data>;
  good: (slot: Data) => number;
  /** On top and hatched: the two can be told apart without colours. */
  bad: (slot: Data) => number;
}

/** A bar for each slot: successes, and failures on top. */
export function StackedBars<Data extends Slot>({ plot, good, bad }: StackedBarsProps<Data>) {
  const { slots, x, slotWidth, width, height } = plot;
  const pattern = useId();
  const highest = Math.max(1, ...slots.map((slot) => good(slot) + bad(slot)));
  const y = scaleLinear({ domain: [0, highest], range: [0, height], nice: 3 });
  const top = y.domain()[1]!;
  const gap = Math.min(8, slotWidth * 0.25);
  return (
    <>
      <Hatch id={pattern} />
      <ValueAxis {...{ width, height }} domain={[0, top]} format={shortCount} whole />
      {slots.map((slot) => {
        const bar = { x: x(slot) + gap / 2, width: Math.max(1, slotWidth - gap) };
        const goodHeight = y(good(slot));
        // One failure among thousands must be visible.
        const badHeight = bad(slot) === 0 ? 0 : Math.max(3, y(bad(slot)));
        return (
          <g key={slot.at}>
            <rect {...bar} className="fill-good-mark" y={height - goodHeight} height={goodHeight} />
            <rect
              {...bar}
              fill={`url(#${pattern})`}
              y={Math.max(0, height - goodHeight - badHeight)}
              height={badHeight}
            />
          </g>
        );
      })}
    </>
  );
}
