import type { StoryEvent } from '../sessions.ts';

/** What the words of a verdict need. */
export interface Telling {
  /** A webhook's name by its id. */
  nameOf: (webhookId: string) => string;
  /** How many webhooks there are; undefined until that is known. */
  webhooks: number | undefined;
  /** A moment, in the viewer's zone. */
  at: (instant: string) => string;
  now: number;
  /** When a webhook last took one of the story's events; undefined if it took none. */
  tookAt: (webhookId: string) => string | undefined;
  /** How many attempts of a webhook, of whichever event, failed in a row until now. */
  failuresOf: (webhookId: string) => number;
}

/** When each webhook last took one of the events, by its id. */
export function lastTaken(events: readonly StoryEvent[]): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  for (const { webhookId, status, lastAttempt } of events.flatMap(({ deliveries }) => deliveries)) {
    if (status !== 'delivered' || lastAttempt?.errorCode !== null) continue;
    if (lastAttempt.at > (taken.get(webhookId) ?? '')) taken.set(webhookId, lastAttempt.at);
  }
  return taken;
}
