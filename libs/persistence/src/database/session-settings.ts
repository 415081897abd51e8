/** Settings of the server by their names. */
export type SessionSettings = Readonly<Record<string, string | number>>;

/** The statement that settles a session of one's own. It also says whether the server is a standby. */
export function settleSession(settings: SessionSettings): string {
  const set = Object.entries(settings).map(
    ([name, value]) => `set_config('${name}', '${value}', false)`,
  );
  return `SELECT pg_is_in_recovery() AS "isStandby", ${set.join(', ')}`;
}

/** What follows `BEGIN` where others use the session afterwards: nothing of it outlasts the transaction. */
export function settleTransaction(settings: SessionSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `SET LOCAL ${name} = '${value}'`)
    .join('; ');
}
