import { toTypeId } from '@schoolbell/ids';
import type { Logger } from '@schoolbell/logging';
import type { CertificateWarnings } from '@schoolbell/persistence';
import type { Outage } from '../outages/outage.js';
import type { Chore } from '../routines/routine.js';

const HOUR_MS = 3_600_000;
/** A pause for Postgres when there are more. */
const SOON_MS = 1_000;

/** Looks every hour for client certificates that expire soon, and has their owners told. */
export class CertificateWatch implements Chore {
  constructor(
    private readonly warnings: Pick<CertificateWarnings, 'next'>,
    private readonly outage: Outage,
    private readonly logger: Logger,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    try {
      const { warned, more } = await this.warnings.next();
      this.outage.worked();
      for (const { webhookId, expiresAt } of warned) {
        const line = { webhookId: toTypeId('webhook', webhookId), expiresAt };
        this.logger.info(line, 'webhook.certificate_expiring');
      }
      return more ? SOON_MS : HOUR_MS;
    } catch (error) {
      return stopping.aborted ? HOUR_MS : this.outage.failed(error);
    }
  }
}
