import { toTypeId, uuidV7 } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';

/** The author of changes that tests make without a request. */
export const AN_AUTHOR: Author = {
  actor: { kind: 'api_key', id: toTypeId('apiKey', uuidV7()), name: 'test' },
  address: '127.0.0.1',
  requestId: 'req_test',
};
