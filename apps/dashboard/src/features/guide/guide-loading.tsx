import { Skeleton } from '../../ui/skeleton.tsx';

/** The skeleton of a topic with a list at its side. */
export function GuideLoading({ label }: { label: string }) {
  return (
    <div className="grid gap-6 md:grid-cols-[14rem_minmax(0,1fr)]">
      <Skeleton className="h-9 md:h-[32rem]" label={label} />
      <div aria-hidden className="flex flex-col gap-4">
        <Skeleton className="h-12" />
        <Skeleton className="h-[28rem]" />
      </div>
    </div>
  );
}
