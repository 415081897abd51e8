/** The example of a webhook in the documentation. */
export const WEBHOOK_EXAMPLE = {
  id: 'wh_01jcfpwpg0fgx9p79fda74r401',
  tenantId: 'ten_01jcfpwpg0fgx9p79fda74r401',
  url: 'https://example.com/webhooks/schoolbell',
  description: 'Production completion handler',
  events: ['session.completed', 'session.scored'],
  scopes: { packageIds: ['pkg_def456'], dispatchIds: [] },
  format: 'allureconnect',
  filter: null,
  filterError: null,
  template: null,
  signing: 'hmac-sha256',
  authentication: { type: 'signature' },
  headers: { 'X-Environment': 'production' },
  clientCertificate: null,
  ca: null,
  timeoutSeconds: 10,
  retrySchedule: [30, 120, 600, 3600, 21600],
  rateLimit: null,
  fallbackUrl: null,
  autoPauseAfter: 5,
  delivery: { mode: 'single' },
  ordering: 'none',
  tracing: false,
  status: 'active',
  health: 'ok' as const,
  pause: null,
  consecutiveFailures: 0,
  metadata: { team: 'compliance' },
  createdAt: '2026-11-22T09:30:00.000Z',
  updatedAt: '2026-11-22T09:30:00.000Z',
};

export const SECRET_EXAMPLE = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD5Ck0DXF5Yqk=';

export const NEW_WEBHOOK_EXAMPLE = {
  url: WEBHOOK_EXAMPLE.url,
  events: WEBHOOK_EXAMPLE.events,
  description: WEBHOOK_EXAMPLE.description,
};
