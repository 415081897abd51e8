import { scaleLinear } from '@visx/scale';

interface ValueAxisProps {
  /** The lowest and the highest value, and where they are drawn. */
  domain: [number, number];
  height: number;
  width: number;
  format: (value: number) => string;
  /** Whole-number ticks, for things that are counted. */
  whole?: boolean;
}

const TICKS = 3;

/** Figures and lines at the left of a chart. */
export function ValueAxis({ domain, height, width, format, whole }: ValueAxisProps) {
  const y = scaleLinear({ domain, range: [height, 0] });
  const ticks = y.ticks(TICKS).filter((tick) => !whole || Number.isInteger(tick));
  return (
    <g className="fill-muted text-[11px] tabular-nums">
      {ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${Math.round(y(tick)) + 0.5})`}>
          {tick !== domain[0] && <line className="stroke-line" strokeDasharray="2 3" x2={width} />}
          <text x={-8} dy="0.32em" textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}
