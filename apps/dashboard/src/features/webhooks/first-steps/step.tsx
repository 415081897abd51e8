import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../../ui/cx.ts';

interface StepProps {
  number: number;
  title: string;
  state: 'done' | 'now' | 'later';
  /** What was entered, once it is done. */
  answer?: string;
  children: ReactNode;
}

/** One of a few steps below each other; only the present one is open. */
export function Step({ number, title, state, answer, children }: StepProps) {
  return (
    <li
      aria-current={state === 'now' ? 'step' : undefined}
      className="relative flex gap-3.5 pb-5 last:pb-0 not-last:before:absolute not-last:before:top-7 not-last:before:bottom-0 not-last:before:left-3 not-last:before:w-px not-last:before:bg-line"
    >
      <span
        className={cx(
          'flex size-6 shrink-0 items-center justify-center rounded-full text-xs font-semibold tabular-nums',
          state === 'now' && 'bg-accent text-on-accent',
          state === 'done' && 'bg-good-tint text-good',
          state === 'later' && 'bg-calm-tint text-calm',
        )}
      >
        {state === 'done' ? <Check aria-hidden className="size-3.5" /> : number}
      </span>
      <div className="flex min-w-0 grow flex-col gap-2">
        <div className="flex min-h-6 flex-wrap items-baseline gap-x-2">
          <h3 className={cx('font-semibold', state === 'later' && 'font-medium text-muted')}>
            {title}
            {state === 'done' && <span className="sr-only"> (done)</span>}
          </h3>
          {answer !== undefined && (
            <span title={answer} className="min-w-0 truncate font-mono text-xs text-muted">
              {answer}
            </span>
          )}
        </div>
        {state === 'now' && children}
      </div>
    </li>
  );
}
