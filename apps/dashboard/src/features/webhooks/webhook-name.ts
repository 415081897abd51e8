import type { WebhookDocument } from '@schoolbell/api-client';

/** What a person calls a webhook: its description, or where it goes. */
export function nameOf({ description, url }: Pick<WebhookDocument, 'description' | 'url'>): string {
  return description.trim() || hostOf(url);
}

/** The host of an address, and the address itself where it is none. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || url;
}
