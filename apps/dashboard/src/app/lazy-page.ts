import { lazyRouteComponent } from '@tanstack/react-router';
import { isReachable } from './api/is-reachable.ts';
import { PageUnreachable } from './page-unreachable.ts';

/**
 * A page that is loaded when it is first gone to. Where its file is gone, since Schoolbell was upgraded,
 * `lazyRouteComponent` loads the whole anew, once; where nothing answers, that would leave the browser's own error page,
 * so that the shell stays and says so.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(() => load().catch(orUnreachable), name);

async function orUnreachable(error: unknown): Promise<never> {
  throw (await isReachable()) ? error : new PageUnreachable();
}
