import { uuidV7 } from '@schoolbell/ids';
import {
  asTenant,
  EventRejectionRepository,
  SearchRepository,
  type EventRejectionDraft,
} from '@schoolbell/persistence';
import { expect } from 'vitest';
import { deliveryTest as it, type DeliveryFixtures } from './delivery-fixtures.js';

const draft = (tenantId: string | null, ids: string[]): EventRejectionDraft => ({
  id: uuidV7(),
  tenantId,
  at: new Date(),
  operation: 'postEvent',
  status: 422,
  code: 'validation_failed',
  detail: '',
  errors: [],
  keyPrefix: null,
  keyName: null,
  requestId: 'req_1',
  events: 1,
  type: null,
  sessionId: null,
  packageId: null,
  dispatchId: null,
  learnerId: null,
  ids,
  leftOut: 0,
});

const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id);

it('posts that were refused are found by any of their ids, the newest first', async ({
  fixtures,
}) => {
  const rejections = new EventRejectionRepository(fixtures.db);
  const { tenantId } = fixtures;
  const mine = Array.from({ length: 7 }, (_, i) => draft(tenantId, ['common', `own ${i}`]));
  const nobodys = draft(null, ['common']);
  for (let i = 0; i < 2; i++) await rejections.keep([...mine, nobodys]);
  const newest = idsOf(mine).toReversed();
  const page = { limit: 10 };

  expect(idsOf(await rejections.list(tenantId, { subjectId: 'common' }, page))).toEqual(newest);
  const older = { limit: 2, before: newest[4]! };
  const listed = await rejections.list(tenantId, { subjectId: 'common' }, older);
  expect(idsOf(listed)).toEqual(newest.slice(5));
  expect(idsOf(await rejections.list(tenantId, { subjectId: 'own 3' }, page))).toEqual([newest[3]]);
  expect(idsOf(await rejections.list(undefined, { subjectId: 'common' }, page))).toEqual([
    nobodys.id,
    ...newest,
  ]);

  const runtime = ['own 0', 'nothing', 'common', 'own 6'];
  const found = await new SearchRepository(fixtures.db).find(tenantId, { own: {}, runtime });
  expect(idsOf(found.rejections)).toEqual(newest.slice(0, 5));
  expect(found.rejections[0]!.ids).toEqual(['common', 'own 6']);
  expect(found.rejections[1]!.ids).toEqual(['common']);
});

it('posts that were refused are found by an index, also where row-level security hides those of others', async ({
  fixtures,
}) => {
  const drafts = Array.from({ length: 5_000 }, (_, i) => draft(fixtures.tenantId, [`id ${i}`]));
  await new EventRejectionRepository(fixtures.db).keep(drafts);
  await fixtures.sql('ANALYZE event_rejections, event_rejection_subjects');
  expect(await planAsTenant(fixtures)).toContain('event_rejection_subjects_subject_id_idx');
});

async function planAsTenant({ db, tenantId }: DeliveryFixtures): Promise<string> {
  const rows = await asTenant(
    db,
    tenantId,
    (tx) => tx.$queryRaw<object[]>`
      EXPLAIN SELECT rejection_id FROM event_rejection_subjects
      WHERE subject_id = ANY (ARRAY['id 7', 'id 8']) AND tenant_id = ${tenantId}::uuid`,
  );
  return JSON.stringify(rows);
}
