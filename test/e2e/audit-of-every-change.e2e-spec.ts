import { expect, it, onTestFinished } from 'vitest';
import { type OpenApiOperation, operationsOf } from './support/openapi.js';
import { type Changed, changedHere } from './support/audited/change.js';
import { CHANGES } from './support/audited-changes.js';
import { joinSchoolbell, startReceiver } from '../support/index.js';
import { startApi } from './support/start-api.js';

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

/** They wait for a dispatcher, which would finish what the others have begun. */
const SENT = ['testWebhook'];

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
  const api = await startApi();
  onTestFinished(() => api.stop());
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const document = (await api.stranger.get('/openapi.json')).body;
  const changing = operationsOf(document)
    .filter(({ method }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method))
    .map(({ operationId }: OpenApiOperation) => operationId)
    .filter((id) => !(id in EXCEPTIONS));
  expect(changing.length).toBeGreaterThan(20);
  expect(
    changing.filter((id) => !(id in CHANGES)),
    'say in support/audited-changes.ts how these are called',
  ).toEqual([]);

  const { url: apiUrl, platformKey, database } = api;
  const here = changedHere({ apiUrl, platformKey, database, ...(await api.addTenant()) }, receiver);
  const elsewhere = changedHere(await joinSchoolbell(), receiver);
  const wrong: Record<string, string[]> = {};
  for (const id of changing) {
    const actions = await entriesOf(id, SENT.includes(id) ? elsewhere : here);
    const rest = SIGN_IN_AS_WELL.includes(id) ? ['session.opened'] : [];
    if (actions.length !== 1 + rest.length || !rest.every((one) => actions.includes(one))) {
      wrong[id] = actions;
    }
  }
  expect(wrong).toEqual({});
});
