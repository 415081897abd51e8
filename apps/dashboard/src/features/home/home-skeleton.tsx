import { FiguresSkeleton } from '../../ui/figures-skeleton.tsx';

/** Home in its final dimensions, while nothing is known yet. */
export function HomeSkeleton() {
  const label = 'Loading how everything is';
  return <FiguresSkeleton label={label} head="h-18.5" tiles="h-24" below={['h-59.5']} />;
}
