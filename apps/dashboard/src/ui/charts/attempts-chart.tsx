import type { OutcomesDocument } from '@schoolbell/api-client';
import { count } from '../numbers.ts';
import type { AttemptsSlot, Window } from './attempts-slots.ts';
import { Chart } from './chart.tsx';
import { BarKey, Legend } from './legend.tsx';
import { StackedBars } from './stacked-bars.tsx';

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

interface AttemptsChartProps {
  slots: AttemptsSlot[];
  outcomes: OutcomesDocument;
  window: Window;
}

/** How many attempts were made, and how many of them failed. */
export function AttemptsChart({ slots, outcomes, window }: AttemptsChartProps) {
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
