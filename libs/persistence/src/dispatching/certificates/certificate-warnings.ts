import type { Database } from '../../database/database.js';
import { WARN_OF_CERTIFICATES, WARNINGS_AT_ONCE } from './warn-of-certificates.js';

/** A certificate whose expiry was announced to the owners. */
export interface ExpiringCertificate {
  /** UUID. */
  webhookId: string;
  expiresAt: Date;
}

/** Tells owners in time that the client certificate of a webhook expires; see {@link WARN_OF_CERTIFICATES}. */
export class CertificateWarnings {
  constructor(private readonly db: Pick<Database, 'maintenancePool'>) {}

  /** @returns the certificates that were announced now, and whether there may be more */
  async next(): Promise<{ warned: ExpiringCertificate[]; more: boolean }> {
    const { rows } = await this.db.maintenancePool.query<ExpiringCertificate>(WARN_OF_CERTIFICATES);
    return { warned: rows, more: rows.length === WARNINGS_AT_ONCE };
  }
}
