import { useState } from 'react';

/**
 * Whether the first steps are shown: to a tenant without webhooks. They stay until the user leaves the page, although
 * the second step creates a webhook.
 *
 * @param count how many webhooks there are; undefined until that is known
 */
export function useFirstSteps(count: number | undefined): boolean {
  const [shown, setShown] = useState(false);
  if (!shown && count === 0) setShown(true);
  return shown;
}
