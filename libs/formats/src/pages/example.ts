import type { EventType } from '@schoolbell/catalogue';
import type { SettingValues } from '../contract/format-settings.js';
import type { WireFormat } from '../contract/wire-format.js';
import { exampleAttempt } from '../examples/example-attempt.js';
import { renderRequest } from '../request/render-request.js';

/** The request that carries the example of an event type, as Markdown: byte for byte, and its JSON to read. */
export function example(format: WireFormat, type: EventType, settings?: SettingValues): string {
  const { url, headers, body } = renderRequest(exampleAttempt(format, type, settings));
  const { host, pathname } = new URL(url);
  const lines = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    '',
    body.toString('utf8'),
  ];
  const request = ['```http', ...lines, '```'].join('\n');
  const json = readableJson(body.toString('utf8'));
  if (json === undefined) return request;
  return `${request}\n\nIts body, to read:\n\n\`\`\`json\n${json}\n\`\`\``;
}

/** @returns `undefined` for a body that is no JSON */
function readableJson(body: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return undefined;
  }
}
