// Baseline: the design that most services begin with. One statement per row, one job per delivery.
import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { fastify } from 'fastify';
import { Pool } from 'pg';
import { serveCommands } from './serve-commands.ts';

export interface NaiveSettings {
  databaseUrl: string;
  redisUrl: string;
}

interface PostedEvent {
  type: string;
  data: { packageId: string };
}

serveCommands({ start });

/** @returns the port */
async function start({ databaseUrl, redisUrl }: NaiveSettings): Promise<number> {
  const pool = new Pool({ connectionString: databaseUrl, max: 10 });
  const queue = new Queue('naive', { connection: { url: redisUrl } });
  const server = fastify();
  server.post<{ Body: PostedEvent }>('/v1/events', async (request, reply) => {
    const { type, data } = request.body;
    const eventId = randomUUID();
    await pool.query('INSERT INTO events (id, type, payload) VALUES ($1, $2, $3)', [
      eventId,
      type,
      JSON.stringify(data),
    ]);
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM webhooks WHERE package_id = $1',
      [data.packageId],
    );
    for (const webhook of rows) {
      const deliveryId = randomUUID();
      await pool.query('INSERT INTO deliveries (id, event_id, webhook_id) VALUES ($1, $2, $3)', [
        deliveryId,
        eventId,
        webhook.id,
      ]);
      await queue.add('deliver', { deliveryId }, { removeOnComplete: true });
    }
    return reply.code(202).send({ id: eventId });
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  return (server.server.address() as { port: number }).port;
}
