import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCEPT_EVENTS, ACCEPT_LAUNCHES } from './accepting/intake-statement.js';
import { KEY_OWNERS } from './accepting/key-owners.js';
import { BURY_BATCHES } from './dispatching/batches/bury-batches.js';
import { CLAIM_BATCHES } from './dispatching/batches/claim-batches.js';
import {
  BREAK_UP_BATCHES,
  DISCARD_BATCHES,
  DUE_BATCHES,
  RELEASE_COLLECTED,
} from './dispatching/batches/due-batches.js';
import { RECORD_BATCH_FAILURES, RECORD_BATCHES } from './dispatching/batches/record-batches.js';
import { RELEASE_BATCHES } from './dispatching/batches/release-batches.js';
import { SCATTER_BATCHES } from './dispatching/batches/scatter-batches.js';
import { SIFT_BATCHES } from './dispatching/batches/sift-batches.js';
import { BURY } from './dispatching/deliveries/bury.js';
import { CLAIM, CLAIM_AND_TAKE_OVER } from './dispatching/deliveries/claim.js';
import { DISCARD_ORPHANS, DUE_TESTS, DUE_WEBHOOKS } from './dispatching/deliveries/due-webhooks.js';
import { RECORD, RECORD_DELIVERED, RECORD_DISCARDED } from './dispatching/deliveries/record.js';
import { DISCARD } from './dispatching/deliveries/discard.js';
import { RELEASE } from './dispatching/deliveries/release.js';
import { FALLBACK_SETTINGS, WEBHOOK_SETTINGS } from './dispatching/deliveries/webhook-settings.js';
import {
  CLAIM_FALLBACKS,
  DUE_FALLBACKS,
  END_FALLBACKS,
} from './dispatching/fallbacks/claim-fallbacks.js';
import { RECORD_FALLBACKS, RELEASE_FALLBACKS } from './dispatching/fallbacks/record-fallbacks.js';
import { FAN_OUT } from './dispatching/fan-outs/fan-out.js';
import { WARN_OF_CERTIFICATES } from './dispatching/certificates/warn-of-certificates.js';
import { COUNT_LAUNCHES } from './dispatching/usage/count-launches.js';
import {
  IS_DISPATCHER_CONNECTED,
  OTHER_DISPATCHERS,
} from './dispatching/dispatchers/dispatcher-statements.js';
import { END_LEASES } from './dispatching/end-leases.js';
import { HELD_LEASES } from './dispatching/unanswered-claims.js';
import {
  EXTEND_BATCH_LEASES,
  EXTEND_FALLBACK_LEASES,
  EXTEND_LEASES,
} from './dispatching/extend-leases.js';
import { RECORDED_BEFORE } from './dispatching/lost-leases.js';
import { BEGIN_EPOCH } from './dispatching/service-epoch.js';
import { LOCK_LAUNCHES } from './scorm/lock-launches-statement.js';
import { WRITE_CHANGES } from './scorm/write-changes-statement.js';
import { TAKE_BATCH_SLOTS, TAKE_SLOTS } from './dispatching/take-slots.js';
import { OLDEST_DUE, WAITING } from './measuring/backlog-statements.js';
import { PROMOTE, PROMOTE_FORGOTTEN } from './steps/promote.js';

const SQL_FOLDER = join(import.meta.dirname, '..', 'sql');

/** By the names under which they are prepared. */
const STATEMENTS: Record<string, string> = {
  accept_events: ACCEPT_EVENTS,
  accept_launches: ACCEPT_LAUNCHES,
  idempotency_key_owners: KEY_OWNERS,
  claim: CLAIM,
  claim_and_take_over: CLAIM_AND_TAKE_OVER,
  webhook_settings: WEBHOOK_SETTINGS,
  record: RECORD,
  record_delivered: RECORD_DELIVERED,
  record_discarded: RECORD_DISCARDED,
  recorded_before: RECORDED_BEFORE,
  take_slots: TAKE_SLOTS,
  release: RELEASE,
  discard: DISCARD,
  bury: BURY,
  fan_out: FAN_OUT,
  count_launches: COUNT_LAUNCHES,
  warn_of_certificates: WARN_OF_CERTIFICATES,
  due_webhooks: DUE_WEBHOOKS,
  due_tests: DUE_TESTS,
  discard_orphans: DISCARD_ORPHANS,
  promote: PROMOTE,
  promote_forgotten: PROMOTE_FORGOTTEN,
  extend_leases: EXTEND_LEASES,
  begin_epoch: BEGIN_EPOCH,
  other_dispatchers: OTHER_DISPATCHERS,
  is_dispatcher_connected: IS_DISPATCHER_CONNECTED,
  ...END_LEASES,
  ...HELD_LEASES,
  claim_fallbacks: CLAIM_FALLBACKS,
  fallback_settings: FALLBACK_SETTINGS,
  record_fallbacks: RECORD_FALLBACKS,
  release_fallbacks: RELEASE_FALLBACKS,
  extend_fallback_leases: EXTEND_FALLBACK_LEASES,
  due_fallbacks: DUE_FALLBACKS,
  end_fallbacks: END_FALLBACKS,
  claim_batches: CLAIM_BATCHES,
  record_batches: RECORD_BATCHES,
  record_batch_failures: RECORD_BATCH_FAILURES,
  take_batch_slots: TAKE_BATCH_SLOTS,
  release_batches: RELEASE_BATCHES,
  sift_batches: SIFT_BATCHES,
  bury_batches: BURY_BATCHES,
  scatter_batches: SCATTER_BATCHES,
  extend_batch_leases: EXTEND_BATCH_LEASES,
  due_batches: DUE_BATCHES,
  discard_batches: DISCARD_BATCHES,
  break_up_batches: BREAK_UP_BATCHES,
  release_collected: RELEASE_COLLECTED,
  oldest_due: OLDEST_DUE,
  waiting_deliveries: WAITING,
  scorm_lock_launches: LOCK_LAUNCHES,
  scorm_write_changes: WRITE_CHANGES,
};

describe('each statement of the hot path can be read whole in libs/persistence/sql', () => {
  it.each(Object.entries(STATEMENTS))('%s.sql', async (name, sql) => {
    await expect(`${sql.trim()}\n`).toMatchFileSnapshot(join(SQL_FOLDER, `${name}.sql`));
  });
});
