import { Check } from 'lucide-react';
import { cx } from '../../../ui/cx.ts';

interface StepHeadingProps {
  number: number;
  title: string;
  state: 'done' | 'now' | 'later';
  /** What was entered, once the step is done. */
  answer?: string;
}

/** The heading of one step, beside those of the others; the content of the present step stands below them all. */
export function StepHeading({ number, title, state, answer }: StepHeadingProps) {
  return (
    <li
      aria-current={state === 'now' ? 'step' : undefined}
      className={cx(
        'flex min-w-0 gap-2.5 border-t-2 pt-3 max-sm:flex-col',
        state === 'now' ? 'border-accent' : state === 'done' ? 'border-good-mark' : 'border-line',
      )}
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
      <div className="min-w-0">
        <h3 className={cx('font-semibold', state === 'later' && 'text-muted')}>
          {title}
          {state === 'done' && <span className="sr-only"> (done)</span>}
        </h3>
        <p title={answer} className="h-5 truncate text-xs text-muted">
          {answer}
        </p>
      </div>
    </li>
  );
}
