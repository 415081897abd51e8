import type { EventToSend } from '../../contract/event-to-send.js';
import {
  USUAL_AUTHENTICATIONS,
  type FormatInput,
  type WireFormat,
} from '../../contract/wire-format.js';
import { attributesOf } from './attributes.js';
import { handshake } from './handshake.js';
import { headerValue } from './header-value.js';

const ATTRIBUTES = ['specversion', 'id', 'source', 'type', 'time', 'subject'];

/**
 * CloudEvents 1.0 over HTTP: structured, binary or, for several events, the JSON batch.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
 */
export const cloudevents: WireFormat = {
  name: 'cloudevents',
  carries: 'all',
  contentType: (input) => {
    if (input.isBatch) return 'application/cloudevents-batch+json';
    return isBinary(input) ? 'application/json' : 'application/cloudevents+json';
  },
  headers: (input) => {
    if (!isBinary(input)) return [];
    const attributes = attributesOf(input.events[0], input.context.tenant.iri);
    return attributes.map(([name, value]) => [`ce-${name}`, headerValue(value)]);
  },
  headerNames: ATTRIBUTES.map((name) => `ce-${name}`),
  body: (input) => {
    if (isBinary(input)) return input.events[0].payload;
    const events = input.events.map((event) => structured(event, input.context.tenant.iri));
    return input.isBatch ? `[${events.join(',')}]` : events[0]!;
  },
  usesContext: true,
  signature: { header: 'X-AllureConnect-Signature', encoding: 'hex', prefix: '' },
  signed: 'as_asked',
  authentications: USUAL_AUTHENTICATIONS,
  settings: {
    field: 'cloudevents',
    description: 'How CloudEvents go over HTTP.',
    properties: {
      mode: {
        type: 'string',
        enum: ['structured', 'binary'],
        default: 'structured',
        description:
          'Where the attributes go: in the body beside `data`, or in `ce-` headers. Batches are always structured.',
      },
      handshake: {
        type: 'boolean',
        default: false,
        description:
          'Ask the receiver for its consent with OPTIONS before the first delivery, as the web-hook specification of CloudEvents has it.',
      },
    },
  },
  batches: { maxEvents: 100, sameType: false, eventName: commonType },
  handshake,
};

/** There is no binary batch. */
function isBinary({ isBatch, context }: FormatInput): boolean {
  return !isBatch && context.webhook.settings['mode'] === 'binary';
}

/** The stored payload goes in as the text it is, as in the format `allureconnect`. */
function structured(event: EventToSend, iri: string): string {
  const attributes = Object.fromEntries(attributesOf(event, iri));
  const withType = JSON.stringify({ ...attributes, datacontenttype: 'application/json' });
  return `${withType.slice(0, -1)},"data":${event.payload}}`;
}

function commonType([first, ...others]: FormatInput['events']): string {
  return others.every(({ type }) => type === first.type) ? first.type : 'batch';
}
