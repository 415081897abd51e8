/** Where statements go: `/statements` below the endpoint of the LRS, unless the path ends in it already. */
export function statementsUrl(endpoint: string): string {
  const url = new URL(endpoint);
  if (/\/statements\/?$/.test(url.pathname)) return endpoint;
  url.pathname = `${url.pathname.replace(/\/$/, '')}/statements`;
  return url.href;
}
