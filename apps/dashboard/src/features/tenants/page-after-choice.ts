const PAGES = ['/deliveries', '/dead-letters', '/webhooks', '/events', '/guide'];

/**
 * Where somebody goes on after choosing another tenant: on the same page, without what the address says of the tenant
 * before, such as ids and filters.
 */
export function pageAfterChoice(path: string): string {
  if (path.startsWith('/settings/')) return path;
  return PAGES.find((page) => path === page || path.startsWith(`${page}/`)) ?? '/';
}
