import { cx } from './cx.ts';

/** Keeps the place of what is loading, so that nothing jumps; with a word for who cannot see it. */
export function Skeleton({ className, label = 'Loading' }: { className?: string; label?: string }) {
  return (
    <div role="status" className={cx('animate-pulse rounded bg-calm-tint', className)}>
      <span className="sr-only">{label}</span>
    </div>
  );
}
