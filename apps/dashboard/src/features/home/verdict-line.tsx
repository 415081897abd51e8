import { CircleCheck, CircleX, Clock, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import type { Verdict } from './verdict.ts';

const LOOKS: Record<Verdict['tone'], { box: string; words: string; icon: typeof Info }> = {
  good: { box: 'bg-good-tint', words: 'text-good', icon: CircleCheck },
  bad: { box: 'bg-bad-tint', words: 'text-bad', icon: CircleX },
  wait: { box: 'bg-wait-tint', words: 'text-wait', icon: Info },
  calm: { box: 'bg-calm-tint', words: 'text-calm', icon: Clock },
};

/** The sentence that the user came for, and a button that belongs to it. */
export function VerdictLine({ verdict, children }: { verdict: Verdict; children?: ReactNode }) {
  const { tone, sentence, next } = verdict;
  const { box, words, icon: Icon } = LOOKS[tone];
  return (
    <div className={cx('flex items-center gap-3.5 rounded-lg px-4 py-3.5', box)}>
      <Icon aria-hidden className={cx('size-7 shrink-0', words)} strokeWidth={1.75} />
      <div className="flex-1">
        <h2 className={cx('text-lg font-semibold', words)}>{sentence}</h2>
        <p>{next}</p>
      </div>
      {children}
    </div>
  );
}
