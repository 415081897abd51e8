/** What the global set-up of a run hands to every test file. */
export interface PostgresForTests {
  /** Of the maintenance database, as superuser. */
  adminUrl: string;
  /** A migrated database to clone; nobody may connect to it. */
  template: string;
}

/** How a test gets a Redis; neither means that Redis suites are skipped in plain sight. */
export interface RedisForTests {
  /** `REDIS_URL` of the run. */
  url?: string;
  /** A `redis-server` that a suite may start for itself. */
  binary?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresForTests;
    redis: RedisForTests;
    /** Path of a Chromium; without one, browser suites are skipped in plain sight. */
    chromium: string | undefined;
  }
}
