import type { FieldError } from '../http/api-error.js';

export const MAX_METADATA_KEYS = 50;
const MAX_KEY_LENGTH = 64;
const MAX_TEXT_LENGTH = 1_000;

/** Flat and bounded, since every list of webhooks contains it. */
export function metadataFaults(metadata: Record<string, unknown>): FieldError[] {
  const entries = Object.entries(metadata);
  if (entries.length > MAX_METADATA_KEYS) {
    return [{ path: 'metadata', message: `must have at most ${MAX_METADATA_KEYS} keys` }];
  }
  return entries.flatMap(([key, value]) => {
    const message = faultOf(key, value);
    return message ? [{ path: `metadata.${key}`, message }] : [];
  });
}

function faultOf(key: string, value: unknown): string | undefined {
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
    return `must have a key of 1 to ${MAX_KEY_LENGTH} characters`;
  }
  if (typeof value === 'string') {
    return value.length > MAX_TEXT_LENGTH
      ? `must be at most ${MAX_TEXT_LENGTH} characters`
      : undefined;
  }
  const scalar = value === null || typeof value === 'number' || typeof value === 'boolean';
  return scalar ? undefined : 'must be a text, a number, a boolean or null';
}
