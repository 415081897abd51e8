import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type Tone = 'good' | 'bad' | 'wait' | 'held' | 'calm';

const TONES: Record<Tone, string> = {
  good: 'bg-good-tint text-good',
  bad: 'bg-bad-tint text-bad',
  wait: 'bg-wait-tint text-wait',
  held: 'bg-held-tint text-held',
  calm: 'bg-calm-tint text-calm',
};

/** A state in a word, with an icon: colour alone would say nothing to some. */
export function Badge({
  tone,
  icon,
  children,
}: {
  tone: Tone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 rounded px-1.5 py-0.5 text-xs font-medium whitespace-nowrap',
        TONES[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}
