interface Advice {
  /** The code, in words. */
  title: string;
  /** What the people who post have to change. */
  advice: string;
}

const ADVICE: Record<string, Advice> = {
  unauthenticated: {
    title: 'No valid API key',
    advice:
      'The key is revoked, expired or mistyped: give the runtime one that is valid. Its body was not read, so no id is known.',
  },
  permission_denied: {
    title: 'The key may not post events',
    advice: 'Make a key with the permission events:write, and use that one.',
  },
  tenant_mismatch: {
    title: 'The key belongs to another tenant',
    advice: 'Leave the tenant out of the post, or use the key of that tenant.',
  },
  origin_not_allowed: {
    title: 'The page may not commit',
    advice: 'Open the launch with the origin of the page that the player runs in.',
  },
  idempotency_conflict: {
    title: 'The idempotency key was used with another body',
    advice: 'A new event needs a new key; to repeat a post, repeat the very same body.',
  },
  body_too_large: {
    title: 'The body is too large',
    advice:
      'One event may have at most 256 KiB, a batch 4 MiB: leave out what receivers do not need, or send smaller batches.',
  },
  validation_failed: {
    title: 'The body breaks a rule',
    advice: 'Have the runtime correct the fields below, and post the event again.',
  },
  unknown_event_type: {
    title: 'There is no such event type',
    advice: 'Compare the type with the guide, or register it as a type of your own.',
  },
  tenant_required: {
    title: 'No tenant was named',
    advice: 'With a key of the platform, name the tenant in X-Tenant-Id or tenantId.',
  },
  second_factor_missing: {
    title: 'The user has no second factor',
    advice: 'Set one up first, or post with an API key.',
  },
  service_unavailable: {
    title: 'Schoolbell could not take it just then',
    advice:
      'This was on our side, and will pass: the runtime has to post it again, with the same idempotency key.',
  },
};

/** A refusal in words, with what to do. An unknown code is shown as it is. */
export function adviceOn(code: string): Advice {
  return (
    ADVICE[code] ?? {
      title: code.replaceAll('_', ' '),
      advice: 'Ask whoever posts to compare the post with the documentation of this code.',
    }
  );
}
