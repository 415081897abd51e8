import type { ClientBase } from 'pg';

/** Also one that still waits, for who reads of a pause weeks after it. @returns how many went */
export async function pruneMails(client: ClientBase, horizon: Date): Promise<number> {
  const { rowCount } = await client.query('DELETE FROM mails WHERE created_at < $1', [horizon]);
  return rowCount ?? 0;
}
