import type { Prisma, Webhook } from '../../generated/client.js';

/**
 * A webhook as it is until the transaction ends: nobody changes it meanwhile. `NO KEY`, since deliveries to it are made
 * all the while.
 *
 * @returns `undefined` when the tenant has no such webhook
 */
export async function lockWebhook(
  tx: Prisma.TransactionClient,
  tenantId: string,
  id: string,
): Promise<Webhook | undefined> {
  await tx.$executeRaw`SELECT FROM webhooks WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return (await tx.webhook.findUnique({ where: { id, tenantId, deletedAt: null } })) ?? undefined;
}
