/** What the global set-up of a run provides to every test file. */
export interface PostgresForTests {
  /** URL of the maintenance database, as superuser. */
  adminUrl: string;
  /** A migrated database to clone; nobody may connect to it. */
  template: string;
}

/** How a test gets a Redis; without either, Redis suites are visibly skipped. */
export interface RedisForTests {
  /** `REDIS_URL` of the run. */
  url?: string;
  /** A `redis-server` that a suite may start. */
  binary?: string;
  /** A `valkey-server`, likewise. */
  valkey?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresForTests;
    redis: RedisForTests;
    /** Where the Schoolbell that files share is to be had: `joinSchoolbell` asks there. */
    schoolbell: string;
    /** Path of a Chromium; without one, browser suites are visibly skipped. */
    chromium: string | undefined;
  }
}
