/**
 * The environment for Postgres: `PG…` variables are meant for clients and would change the server, and its
 * messages are read, so they are in English.
 */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
