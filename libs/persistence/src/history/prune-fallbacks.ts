import type { ClientBase } from 'pg';

/** A fallback is part of its delivery's history, and goes after that. */
export async function pruneFallbacks(client: ClientBase, horizon: Date): Promise<void> {
  await client.query(
    `DELETE FROM fallbacks f
     WHERE f.due_at < $1 AND f.status <> 'pending'
       AND NOT EXISTS (SELECT FROM deliveries d WHERE d.id = f.delivery_id)`,
    [horizon],
  );
}
