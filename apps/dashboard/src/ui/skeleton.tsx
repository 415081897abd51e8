import { cx } from './cx.ts';

/** Holds the place of content that is loading, so that nothing jumps; with a word for screen readers. */
export function Skeleton({ className, label = 'Loading' }: { className?: string; label?: string }) {
  return (
    <div role="status" className={cx('animate-pulse rounded bg-calm-tint', className)}>
      <span className="sr-only">{label}</span>
    </div>
  );
}
