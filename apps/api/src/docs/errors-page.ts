import { ERROR_CODES, type ErrorCodeEntry } from '../http/error-codes.js';

/** The page that the `type` of every problem points into. */
export function errorsPage(): string {
  const rows = Object.entries<ErrorCodeEntry>(ERROR_CODES).map(
    ([code, { status, title, advice }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td><td>${htmlOf(advice)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Schoolbell: error codes</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}td,th{padding:.4rem .8rem;text-align:left;vertical-align:top}tr:target{background:#fff3bf}</style></head>
<body><h1>Error codes</h1>
<p>Every error is <code>application/problem+json</code> with a <code>code</code> of this table. <a href="/docs">All operations</a></p>
<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th><th>What to do</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></body></html>`;
}

function htmlOf(markdown: string): string {
  return markdown
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
