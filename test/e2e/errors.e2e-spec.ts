import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiUnderTest, startApi } from './support/start-api.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

describe('every error', () => {
  it('is problem+json with a stable code and the request id', async () => {
    const answer = await api.stranger.get('/v1/nowhere', { 'X-Request-Id': 'my-id.1' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('x-request-id')).toBe('my-id.1');
    expect(answer.body).toEqual({
      type: '/docs/errors#route_not_found',
      title: 'No such path',
      status: 404,
      detail: 'The paths of this API are listed in `/openapi.json`.',
      code: 'route_not_found',
      requestId: 'my-id.1',
    });
  });
});
