import type { HourDocument } from '@schoolbell/api-client';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { count } from '../../../ui/numbers.ts';
import { useWidth } from './use-width.ts';

const HEIGHT = 148;
const AXIS = 20;
/** Below this, every third hour has its label. */
const NARROW = 640;

const HOUR = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const hourOf = ({ at }: HourDocument) => HOUR.format(new Date(at));

/** Attempts of a day by the hour: delivered, and on top of them those that failed. */
export function AttemptsChart({ hours }: { hours: readonly HourDocument[] }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const sum = (outcome: 'delivered' | 'failed') =>
    hours.reduce((all, { outcomes }) => all + outcomes[outcome], 0);
  const words = `By the hour: ${count(sum('delivered'))} delivered, ${count(sum('failed'))} failed in 24 hours`;
  return (
    <figure className="m-0">
      <div ref={ref} style={{ height: HEIGHT }}>
        {width > 0 && <Bars hours={hours} width={width} label={words} />}
      </div>
      <figcaption className="mt-2 flex gap-4 text-xs text-muted">
        <Key className="bg-good-mark">Delivered</Key>
        <Key className="bg-bad-mark">Failed</Key>
      </figcaption>
    </figure>
  );
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`size-2.5 rounded-xs ${className}`} />
      {children}
    </span>
  );
}

interface BarsProps {
  hours: readonly HourDocument[];
  width: number;
  label: string;
}

function Bars({ hours, width, label }: BarsProps) {
  const bottom = HEIGHT - AXIS;
  const most = Math.max(1, ...hours.map(({ outcomes }) => outcomes.delivered + outcomes.failed));
  const x = scaleBand({ domain: hours.map(({ at }) => at), range: [0, width], padding: 0.25 });
  const y = scaleLinear({ domain: [0, most], range: [0, bottom - 4] });
  const every = width < NARROW ? 6 : 2;
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={label} className="block">
      <line x1={0} x2={width} y1={bottom + 0.5} y2={bottom + 0.5} className="stroke-line" />
      {hours.map((hour, i) => {
        const delivered = y(hour.outcomes.delivered);
        const failed = y(hour.outcomes.failed);
        const bar = { x: x(hour.at), width: x.bandwidth() };
        return (
          <g key={hour.at}>
            <title>{`${hourOf(hour)}: ${count(hour.outcomes.delivered)} delivered, ${count(hour.outcomes.failed)} failed`}</title>
            {/* Hovered as a whole, also where there is nothing. */}
            <Bar {...bar} y={0} height={bottom} className="fill-transparent" />
            <Bar {...bar} y={bottom - delivered} height={delivered} className="fill-good-mark" />
            <Bar
              {...bar}
              y={bottom - delivered - failed}
              height={failed}
              className="fill-bad-mark"
            />
            {i % every === 0 && (
              <text
                x={(bar.x ?? 0) + bar.width / 2}
                y={HEIGHT - 4}
                textAnchor={i === 0 ? 'start' : 'middle'}
                className="fill-muted text-[11px] tabular-nums"
              >
                {hourOf(hour)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
