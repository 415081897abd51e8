import type { WebhookDocument } from '@schoolbell/api-client';

/** The name of a webhook, the same on every page: its description, else its host. */
export function webhookName({
  description,
  url,
}: Pick<WebhookDocument, 'description' | 'url'>): string {
  return description.trim() || hostOf(url);
}

/** The host of a URL, with its port; any other text as it is. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || url;
}
