import { Skeleton } from '../../../ui/skeleton.tsx';

/** The overview in its final measures, before anything is known. */
export function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-27 rounded-lg" label="Loading how it is doing" />
      <div aria-hidden className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        {['rate', 'time', 'waiting', 'failed'].map((tile) => (
          <div key={tile} className="h-25 animate-pulse rounded-lg bg-calm-tint" />
        ))}
      </div>
      <div aria-hidden className="h-60 animate-pulse rounded-lg bg-calm-tint" />
      <div aria-hidden className="h-72 animate-pulse rounded-lg bg-calm-tint" />
    </div>
  );
}
