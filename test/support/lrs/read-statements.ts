import { Refusal } from './refusal.js';

/**
 * The statements of a POST: one object or an array of them, unchecked. This LRS takes no data of attachments, so only
 * `application/json`.
 *
 * @throws Refusal 400 when it is not JSON in UTF-8, or is declared as something else
 */
export function readStatements(contentType: string | undefined, body: Buffer): unknown[] {
  const [mediaType = ''] = (contentType ?? '').split(';');
  if (mediaType.trim().toLowerCase() !== 'application/json') {
    throw new Refusal(400, `Content-Type has to be application/json, not ${contentType}`);
  }
  const content = parse(body);
  return Array.isArray(content) ? content : [content];
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch (error) {
    throw new Refusal(400, `the body is not JSON in UTF-8: ${(error as Error).message}`);
  }
}
