import { Injectable } from '@nestjs/common';
import { SettingsRepository } from '@schoolbell/persistence';
import type { Principal } from '../auth/principal.js';

/**
 * Decides who sees the data of events and requests: everybody who may read them, but viewers only where the tenant
 * allows it.
 */
@Injectable()
export class BodyVisibility {
  constructor(private readonly settings: SettingsRepository) {}

  async isVisibleTo(principal: Principal, tenantId: string): Promise<boolean> {
    if (principal.kind !== 'user' || principal.role !== 'viewer') return true;
    return (await this.settings.find(tenantId)).viewersSeeBodies;
  }
}
