import type { WebhookDocument } from '@schoolbell/api-client';

/** What people call a webhook, on every page: its description, else where it goes. */
export function webhookName({
  description,
  url,
}: Pick<WebhookDocument, 'description' | 'url'>): string {
  return description.trim() || hostOf(url);
}

/** The host of an address with its port; a text that is not an address stays as it is. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || url;
}
