/**
 * Short-lived objects have two halves of this size: V8 would take four times as much for them. The images of the
 * Dockerfile have the same.
 */
export const SERVICE_FLAGS: readonly string[] = ['--max-semi-space-size=16'];

/** The C library keeps what was freed, in as many places as there are threads: 64 MiB in each at most. */
export const SERVICE_ENVIRONMENT: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '2' };
