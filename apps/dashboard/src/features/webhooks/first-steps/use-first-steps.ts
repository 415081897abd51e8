import { useState } from 'react';

/**
 * Whether the first steps are shown: to a tenant without webhooks, and from then on until the page is left, although
 * there is a webhook after the second step.
 *
 * @param count how many webhooks there are; undefined while that is not known
 */
export function useFirstSteps(count: number | undefined): boolean {
  const [shown, setShown] = useState(false);
  if (!shown && count === 0) setShown(true);
  return shown;
}
