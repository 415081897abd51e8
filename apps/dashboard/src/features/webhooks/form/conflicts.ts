import type { WebhookBody } from './webhook-values.ts';

/**
 * Settings that are to be changed, and that somebody else changed since the form was opened.
 *
 * @param opened as they were then
 * @param now as they are
 */
export function conflictsOf(
  opened: WebhookBody,
  now: WebhookBody,
  changes: Partial<WebhookBody>,
): (keyof WebhookBody)[] {
  const names = Object.keys(changes) as (keyof WebhookBody)[];
  return names.filter((name) => {
    const theirs = JSON.stringify(now[name]);
    return theirs !== JSON.stringify(opened[name]) && theirs !== JSON.stringify(changes[name]);
  });
}
