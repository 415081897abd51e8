import { scaleBand } from '@visx/scale';
import { type ReactNode, useId, useState } from 'react';
import { ChartTable } from './chart-table.tsx';
import type { Figure, Plot, Slot } from './slot.ts';
import { SlotChooser } from './slot-chooser.tsx';
import { labelEvery } from './slot-at.ts';
import { useWidth } from './use-width.ts';

/** Pixels for the figures at the left, and for the hours below. */
const LEFT = 44;
const BELOW = 22;
const TOP = 6;
const ROOM_OF_LABEL = 52;

interface ChartProps<Data extends Slot> {
  title: string;
  slots: readonly Data[];
  /** The figures of a slot, also in the table for screen readers. */
  figures: readonly Figure<Data>[];
  /** Shown in place of the figures while no slot is chosen. */
  legend: ReactNode;
  /** Pixels of the drawing without the axis below. */
  height: number;
  children: (plot: Plot<Data>) => ReactNode;
}

/** A drawing over time. Pointer and arrow keys choose a slot, whose figures then replace the legend. */
export function Chart<Data extends Slot>({
  title,
  slots,
  figures,
  legend,
  height,
  children,
}: ChartProps<Data>) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [chosen, setChosen] = useState<number>();
  const titleId = useId();
  const slot = chosen === undefined ? undefined : slots[chosen];
  const plot = plotOf(slots, Math.max(0, width - LEFT), height);
  const figuresOf = (one: Data) =>
    figures.map(({ label, of }) => `${label} ${of(one)}`).join(' · ');
  return (
    <figure className="rounded-lg border border-line bg-surface p-4" aria-labelledby={titleId}>
      <figcaption className="mb-1.5 flex min-h-13 flex-wrap content-start items-start justify-between gap-x-4 sm:min-h-9.5">
        <h2 id={titleId} className="text-sm font-semibold">
          {title}
        </h2>
        <div className="text-xs text-muted tabular-nums">
          {slot ? (
            <span>
              <span className="font-medium text-ink">{slot.name}</span> · {figuresOf(slot)}
            </span>
          ) : (
            legend
          )}
        </div>
      </figcaption>
      <div ref={ref} className="relative" style={{ height: TOP + height + BELOW }}>
        {width > 0 && (
          <svg
            aria-hidden
            width={width}
            height={TOP + height + BELOW}
            className="block overflow-visible"
          >
            <g transform={`translate(${LEFT} ${TOP})`}>
              {slot && (
                <rect
                  className="fill-hover"
                  x={plot.x(slot)}
                  width={plot.slotWidth}
                  height={height}
                />
              )}
              {children(plot)}
              <SlotLabels plot={plot} />
            </g>
          </svg>
        )}
        <SlotChooser
          label={`${title}: the arrow keys show each in figures`}
          left={LEFT}
          count={slots.length}
          chosen={chosen}
          onChoose={setChosen}
          textOf={(index) => `${slots[index]!.name}: ${figuresOf(slots[index]!)}`}
        />
      </div>
      <ChartTable title={title} slots={slots} figures={figures} />
    </figure>
  );
}

function plotOf<Data extends Slot>(
  slots: readonly Data[],
  width: number,
  height: number,
): Plot<Data> {
  const scale = scaleBand({ domain: slots.map(({ at }) => at), range: [0, width] });
  return { slots, x: ({ at }) => scale(at) ?? 0, slotWidth: scale.bandwidth(), width, height };
}

function SlotLabels<Data extends Slot>({
  plot: { slots, x, slotWidth, width, height },
}: {
  plot: Plot<Data>;
}) {
  const every = labelEvery(width, slots.length, ROOM_OF_LABEL);
  return (
    <g className="fill-muted text-[11px] tabular-nums">
      <line className="stroke-line" x2={width} y1={height + 0.5} y2={height + 0.5} />
      {slots.map((slot, index) =>
        // Counted back from the newest, which always has its label.
        (slots.length - 1 - index) % every === 0 ? (
          <text key={slot.at} x={x(slot) + slotWidth / 2} y={height + 16} textAnchor="middle">
            {slot.label}
          </text>
        ) : null,
      )}
    </g>
  );
}
