import type { WebhookDocument } from '@schoolbell/api-client';

/** What people call a webhook: its description, else the host and path of its URL. */
export function webhookName({
  description,
  url,
}: Pick<WebhookDocument, 'description' | 'url'>): string {
  if (description.trim() !== '') return description.trim();
  return url.replace(/^https?:\/\//, '').replace(/[?#].*$/, '');
}
