import { Skeleton } from '../../ui/skeleton.tsx';

/** Home in its final measures, before anything is known. */
export function HomeSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-18.5 rounded-lg" label="Loading how everything is" />
      <div aria-hidden className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        {['rate', 'time', 'waiting', 'dead'].map((tile) => (
          <div key={tile} className="h-24 animate-pulse rounded-lg bg-calm-tint" />
        ))}
      </div>
      <div aria-hidden className="h-59.5 animate-pulse rounded-lg bg-calm-tint" />
    </div>
  );
}
