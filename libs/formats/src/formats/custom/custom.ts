import { USUAL_AUTHENTICATIONS, type WireFormat } from '../../contract/wire-format.js';

/**
 * The result of the webhook's template, made before the request is. It is kept with each attempt, since a
 * template may change later.
 */
export const custom: WireFormat = {
  name: 'custom',
  carries: 'all',
  contentType: () => 'application/json',
  body: ({ context }) => context.body ?? '',
  usesContext: true,
  templated: true,
  signature: { header: 'X-AllureConnect-Signature', encoding: 'hex', prefix: '' },
  signed: 'as_asked',
  authentications: USUAL_AUTHENTICATIONS,
};
