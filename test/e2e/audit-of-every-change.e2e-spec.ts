import { expect, it } from 'vitest';
import { type OpenApiOperation, operationsOf } from './support/openapi.js';
import { type Changed, changedHere } from './support/audited/change.js';
import { CHANGES } from './support/audited-changes.js';
import { apiClient, World } from '../support/index.js';

/** Operations that make changes but no entry, each with its reason. */
const EXCEPTIONS: Record<string, string> = {
  postEvent: 'what a runtime service reports is kept as the event itself',
  postEventBatch: 'as postEvent',
  openLaunch: 'what learners do is kept as the state of their attempts, and as events',
  commit: 'as openLaunch',
  commitOfPage: 'as openLaunch',
  previewWebhook: 'changes nothing',
  previewReplay: 'changes nothing',
  forgotPassword: 'a stranger asks, and nothing has changed until somebody comes by the link',
  refreshSession: 'goes on with a session',
  startTotp: 'counts once it is confirmed, which has an entry',
};

/** They also sign the user in, which is a change of its own. */
const SIGN_IN_AS_WELL = ['acceptInvitation', 'resetPassword'];

const world = new World({ dispatchers: 0, env: { TRUSTED_PROXIES: '127.0.0.1/32' } });

/** The actions of the entries that one call of an operation makes. */
async function entriesOf(id: string, where: Changed): Promise<string[]> {
  const call = await CHANGES[id]!(where);
  const { status, headers, body } = await call();
  expect([200, 201, 202, 204], `${id}: ${JSON.stringify(body)}`).toContain(status);
  const entries = await where.schoolbell.database.query<{ action: string }>(
    'SELECT action FROM audit_log WHERE request_id = $1 ORDER BY id',
    [headers.get('x-request-id')],
  );
  return entries.map(({ action }) => action);
}

it('every operation that changes something leaves one entry in the audit log', async () => {
  const { schoolbell, receiver } = world;
  const document = (await apiClient(schoolbell.apiUrl).get('/openapi.json')).body;
  const changing = operationsOf(document)
    .filter(({ method }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method))
    .map(({ operationId }: OpenApiOperation) => operationId)
    .filter((id) => !(id in EXCEPTIONS));
  expect(changing.length).toBeGreaterThan(20);
  expect(
    changing.filter((id) => !(id in CHANGES)),
    'say in support/audited-changes.ts how these are called',
  ).toEqual([]);

  const where = changedHere(schoolbell, receiver);
  const wrong: Record<string, string[]> = {};
  // The operation that starts a dispatcher comes last: a dispatcher would finish the others' operations.
  for (const id of changing.toSorted((one) => (one === 'testWebhook' ? 1 : -1))) {
    const actions = await entriesOf(id, where);
    const rest = SIGN_IN_AS_WELL.includes(id) ? ['session.opened'] : [];
    if (actions.length !== 1 + rest.length || !rest.every((one) => actions.includes(one))) {
      wrong[id] = actions;
    }
  }
  expect(wrong).toEqual({});
});
