import { FiguresSkeleton } from '../../../ui/figures-skeleton.tsx';

/** The overview in its final dimensions, while nothing is known yet. */
export function OverviewSkeleton() {
  const label = 'Loading how it is doing';
  return <FiguresSkeleton label={label} head="h-27" tiles="h-25" below={['h-60', 'h-72']} />;
}
