import { BASE } from './session-of-page.ts';

/** Whether Schoolbell answers at all; needs no session and never throws. */
export async function isReachable(): Promise<boolean> {
  return fetch(`${BASE}/health/live`, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
}
