import { lazyRouteComponent } from '@tanstack/react-router';
import { isReachable } from './api/is-reachable.ts';
import { PageUnreachable } from './page-unreachable.ts';

/**
 * A page that is loaded when the user first goes there. If its file is gone because Schoolbell was upgraded,
 * `lazyRouteComponent` reloads everything, once. If nothing answers, a reload would end at the browser's own error
 * page, so the shell stays and says so.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(() => load().catch(orUnreachable), name);

async function orUnreachable(error: unknown): Promise<never> {
  throw (await isReachable()) ? error : new PageUnreachable();
}
