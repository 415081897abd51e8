/** JSON with a line for each field; undefined of what is no JSON, which has no other form than its own. */
export function prettyBody(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : undefined;
  } catch {
    return undefined;
  }
}
