import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

type NoteTone = 'good' | 'bad' | 'wait' | 'calm';

const TONES: Record<NoteTone, { box: string; title: string; icon: typeof Info }> = {
  good: { box: 'bg-good-tint', title: 'text-good', icon: CircleCheck },
  bad: { box: 'bg-bad-tint', title: 'text-bad', icon: TriangleAlert },
  wait: { box: 'bg-wait-tint', title: 'text-wait', icon: TriangleAlert },
  calm: { box: 'bg-calm-tint', title: 'text-calm', icon: Info },
};

interface NoteProps {
  tone: NoteTone;
  title: ReactNode;
  children?: ReactNode;
  /** Buttons below the text. */
  actions?: ReactNode;
  /** Read out at once when it appears, as errors are. */
  role?: 'alert' | 'status';
  className?: string;
}

/** A tinted box with a message. */
export function Note({ tone, title, children, actions, role, className }: NoteProps) {
  const { box, title: titleColor, icon: Icon } = TONES[tone];
  return (
    <div role={role} className={cx('flex gap-3 rounded-lg p-4', box, className)}>
      <Icon aria-hidden className={cx('mt-0.5 size-4.5 shrink-0', titleColor)} />
      <div className="flex min-w-0 flex-col gap-1.5">
        <p className={cx('font-semibold', titleColor)}>{title}</p>
        {children}
        {actions !== undefined && (
          <div className="mt-auto flex flex-wrap gap-2 pt-1">{actions}</div>
        )}
      </div>
    </div>
  );
}
