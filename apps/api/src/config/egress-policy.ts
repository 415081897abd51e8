import type { Provider } from '@nestjs/common';
import { createEgressPolicy } from '@schoolbell/destinations';
import { API_SETTINGS, type ApiSettings } from './api-settings.js';

/** Injects the {@link EgressPolicy}: the API cannot send, but refuses URLs that can never be sent to. */
export const EGRESS_POLICY = Symbol('EgressPolicy');

export const egressPolicyProvider: Provider = {
  provide: EGRESS_POLICY,
  inject: [API_SETTINGS],
  useFactory: ({ egress }: ApiSettings) => createEgressPolicy(egress),
};
