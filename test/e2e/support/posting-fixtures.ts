import { beforeAll, afterAll } from 'vitest';
import { startApi, type ApiUnderTest, type TenantUnderTest } from './start-api.js';

export const SESSION = { sessionId: 'sess_1', packageId: 'pkg_1', learnerId: 'learner-1' };

/** An event that fits the catalogue. */
export const COMPLETED = {
  type: 'session.completed',
  data: { ...SESSION, completionStatus: 'completed' },
};

export const pathsOf = (body: { errors: { path: string }[] }): string[] =>
  body.errors.map(({ path }) => path);

/** An API with a tenant for the tests of one file, started before them and stopped after them. */
export class PostingFixtures {
  schoolbell!: ApiUnderTest;
  tenant!: TenantUnderTest;

  constructor() {
    beforeAll(async () => {
      this.schoolbell = await startApi();
      this.tenant = await this.schoolbell.addTenant();
    });
    afterAll(() => this.schoolbell?.stop());
  }

  post(body: unknown, headers?: Record<string, string>) {
    return this.tenant.api.post('/v1/events', body, headers);
  }

  batch(events: unknown[], headers?: Record<string, string>) {
    return this.tenant.api.post('/v1/events/batch', { events }, headers);
  }

  /** How many rows of the tenant a table has. */
  async countOf(table: string, tenantUuid = this.tenant.tenantUuid): Promise<number> {
    const [row] = await this.schoolbell.database.query<{ count: string }>(
      `SELECT count(*) FROM ${table} WHERE tenant_id = $1`,
      [tenantUuid],
    );
    return Number(row!.count);
  }
}
