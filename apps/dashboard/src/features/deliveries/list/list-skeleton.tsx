import { Skeleton } from '../../../ui/skeleton.tsx';

const ROWS = 12;

/** As high as a first screen of rows. */
export function ListSkeleton() {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div className="hidden h-9 border-b border-line lg:block" />
      {Array.from({ length: ROWS }, (_, i) => (
        <div
          key={i}
          className="flex h-15 items-center gap-4 border-b border-line px-4 last:border-b-0 lg:h-9"
        >
          <Skeleton className="h-4 w-20 shrink-0" label="Loading deliveries" />
          <Skeleton className="h-4 grow" label="" />
        </div>
      ))}
    </div>
  );
}
