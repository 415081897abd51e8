import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import type { Plot, Slot } from './slot.ts';
import { ValueAxis } from './value-axis.tsx';

export interface Line<Data extends Slot> {
  label: string;
  /** Null where there is no value: the line has a gap. */
  of: (slot: Data) => number | null;
  className: string;
  /** Dashes, by which lines can be told apart without colours. */
  dash?: string;
}

interface LinesProps<Data extends Slot> {
  plot: Plot<Data>;
  lines: readonly Line<Data>[];
  domain: [number, number];
  format: (value: number) => string;
}

/** Lines over time. */
export function Lines<Data extends Slot>({ plot, lines, domain, format }: LinesProps<Data>) {
  const { slots, x, slotWidth, width, height } = plot;
  const y = scaleLinear({ domain, range: [height, 0] });
  const middle = (slot: Data) => x(slot) + slotWidth / 2;
  return (
    <>
      <ValueAxis {...{ width, height, domain, format }} />
      {lines.map(({ label, of, className, dash }) => (
        <g key={label} className={className}>
          <LinePath
            data={[...slots]}
            defined={(slot) => of(slot) !== null}
            x={middle}
            y={(slot) => y(of(slot) ?? 0)}
            stroke="currentColor"
            strokeWidth={1.75}
            strokeDasharray={dash}
            strokeLinejoin="round"
          />
          {slots
            .filter((_, index) => standsAlone(slots, index, of))
            .map((slot) => (
              <circle
                key={slot.at}
                cx={middle(slot)}
                cy={y(of(slot)!)}
                r={2.5}
                fill="currentColor"
              />
            ))}
        </g>
      ))}
    </>
  );
}

/** A point without neighbours makes no visible line. */
function standsAlone<Data>(
  slots: readonly Data[],
  index: number,
  of: (slot: Data) => number | null,
): boolean {
  const at = (i: number) => (i in slots ? of(slots[i]!) : null);
  return at(index) !== null && at(index - 1) === null && at(index + 1) === null;
}
