/** Actions of the audit log, as sentences without their subject. */
const WORDS: Record<string, string> = {
  'webhook.created': 'created a webhook',
  'webhook.updated': 'changed a webhook',
  'webhook.paused': 'paused a webhook',
  'webhook.resumed': 'resumed a webhook',
  'webhook.deleted': 'deleted a webhook',
  'webhook.secret_rotated': 'rotated the secret of a webhook',
  'webhook.secret_read': 'read the secret of a webhook',
  'webhook.tested': 'tested a webhook',
  'webhook.replayed': 'replayed events to a webhook',
  'webhook.held_discarded': 'discarded held deliveries',
  'event_type.created': 'registered an event type',
  'event_type.updated': 'changed an event type',
  'event_type.deleted': 'deleted an event type',
  'delivery.created': 'sent an event to a webhook',
  'delivery.retried': 'retried a delivery',
  'dead_letters.retried': 'retried dead letters',
  'dead_letters.discarded': 'discarded dead letters',
  'erasure.started': 'had a learner erased',
  'erasure.completed': 'erased a learner',
  'operation.cancelled': 'cancelled an operation',
  'api_key.created': 'created an API key',
  'api_key.revoked': 'revoked an API key',
  'user.created': 'added a user',
  'user.invited': 'invited a user',
  'user.invitation_resent': 'sent an invitation again',
  'user.invitation_accepted': 'accepted an invitation',
  'user.updated': 'changed a user',
  'user.removed': 'removed a user',
  'user.password_changed': 'changed their password',
  'user.password_reset': 'chose a new password by a link',
  'user.second_factor_enabled': 'set up a second factor',
  'user.second_factor_disabled': 'removed their second factor',
  'user.second_factor_reset': 'reset the second factor of a user',
  'user.recovery_codes_replaced': 'made new recovery codes',
  'session.opened': 'signed in',
  'session.ended': 'ended a session',
  'settings.updated': 'changed the settings',
  'tenant.created': 'created the tenant',
  'tenant.updated': 'changed the tenant',
  'tenant.viewed': 'looked at the tenant',
};

/** "paused a webhook"; an action that only a newer API knows, as it is. */
export function actionWords(action: string): string {
  return WORDS[action] ?? action;
}

export const ACTION_CHOICES = [
  { value: '', label: 'Every change' },
  ...Object.entries(WORDS).map(([value, words]) => ({
    value,
    label: words.charAt(0).toUpperCase() + words.slice(1),
  })),
];
