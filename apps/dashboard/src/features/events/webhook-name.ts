/** How people call a webhook: by its description, else by where it is. */
export function webhookName({ description, url }: { description: string; url: string }): string {
  if (description.trim() !== '') return description.trim();
  return URL.canParse(url) ? new URL(url).host : url;
}
