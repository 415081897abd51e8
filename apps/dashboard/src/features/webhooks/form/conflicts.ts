import type { WebhookBody } from './webhook-values.ts';

/**
 * Settings that the user wants to change and somebody else has changed since the form was opened.
 *
 * @param opened the settings when the form was opened
 * @param now the present settings
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
