import { cx } from './cx.ts';
import { Skeleton } from './skeleton.tsx';

interface FiguresSkeletonProps {
  label: string;
  /** The heights of its parts. */
  head: string;
  tiles: string;
  below: readonly string[];
}

/** A page of figures in its final dimensions, while nothing is known yet: a head, four tiles, and the part below. */
export function FiguresSkeleton({ label, head, tiles, below }: FiguresSkeletonProps) {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className={cx(head, 'rounded-lg')} label={label} />
      <div aria-hidden className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        {[1, 2, 3, 4].map((tile) => (
          <Block key={tile} height={tiles} />
        ))}
      </div>
      {below.map((height) => (
        <Block key={height} height={height} />
      ))}
    </div>
  );
}

function Block({ height }: { height: string }) {
  return <div aria-hidden className={cx(height, 'animate-pulse rounded-lg bg-calm-tint')} />;
}
