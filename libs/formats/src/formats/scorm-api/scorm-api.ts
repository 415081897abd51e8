import { USUAL_AUTHENTICATIONS, type WireFormat } from '../../contract/wire-format.js';
import { compactJson } from '../../values/compact-json.js';
import { dataOf, EVENT_NAMES } from './scorm-api-data.js';

/** The webhooks of the SCORM API: `{"event","tenant_id","data","timestamp","delivery_id"}`. */
export const scormApi: WireFormat = {
  name: 'scorm-api',
  carries: Object.keys(EVENT_NAMES),
  contentType: () => 'application/json',
  body: ({ events: [event], context }) =>
    compactJson({
      event: EVENT_NAMES[event.type],
      tenant_id: context.tenant.scormApiTenantId,
      data: dataOf(event),
      timestamp: event.occurredAt.toISOString(),
      delivery_id: event.deliveryId,
    }),
  usesContext: true,
  signature: {
    header: 'X-Allure-Signature',
    encoding: 'hex',
    prefix: '',
    alongside: [['X-Allure-Signature-Algorithm', 'sha256']],
  },
  signed: 'as_asked',
  authentications: USUAL_AUTHENTICATIONS,
};
