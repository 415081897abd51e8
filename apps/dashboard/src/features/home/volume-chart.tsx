import type { OutcomesDocument } from '@schoolbell/api-client';
import { Chart } from '../../ui/charts/chart.tsx';
import { BarKey, Legend } from '../../ui/charts/legend.tsx';
import { StackedBars } from '../../ui/charts/stacked-bars.tsx';
import { count } from '../../ui/numbers.ts';
import type { AttemptsSlot, Window } from './slots.ts';

const HEIGHT = 132;
const TITLES: Record<Window, string> = {
  '24h': 'Attempts by hour',
  '7d': 'Attempts by six hours',
  '30d': 'Attempts by day',
};
const FIGURES = [
  { label: 'delivered', of: ({ delivered }: AttemptsSlot) => count(delivered) },
  { label: 'failed', of: ({ failed }: AttemptsSlot) => count(failed) },
] as const;

interface VolumeChartProps {
  slots: AttemptsSlot[];
  outcomes: OutcomesDocument;
  window: Window;
}

/** How many attempts were made, and how many of these failed. */
export function VolumeChart({ slots, outcomes, window }: VolumeChartProps) {
  return (
    <Chart
      title={TITLES[window]}
      slots={slots}
      figures={FIGURES}
      height={HEIGHT}
      legend={
        <Legend>
          <BarKey label={`${count(outcomes.delivered)} delivered`} />
          <BarKey label={`${count(outcomes.failed)} failed`} hatched />
        </Legend>
      }
    >
      {(plot) => (
        <StackedBars plot={plot} good={({ delivered }) => delivered} bad={({ failed }) => failed} />
      )}
    </Chart>
  );
}
