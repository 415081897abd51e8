const PAGES = ['/deliveries', '/dead-letters', '/webhooks', '/events', '/guide'];

/**
 * Where the user goes after choosing another tenant: the same page, without the ids and filters that belong to the
 * tenant before.
 */
export function pageAfterChoice(path: string): string {
  if (path.startsWith('/settings/')) return path;
  return PAGES.find((page) => path === page || path.startsWith(`${page}/`)) ?? '/';
}
