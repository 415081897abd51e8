import type { WebhookAuthentication } from '@schoolbell/delivery';
import type { AnswerRules } from './answer-rules.js';
import type { EventToSend } from './event-to-send.js';
import type { FormatSettings } from './format-settings.js';
import type { HandshakeRules } from './handshake-rules.js';
import type { Header } from './header.js';
import type { RenderContext } from './render-context.js';

export type { Header };

/** What a format may put into a request. */
export interface FormatInput {
  /** One event, or the members of a batch in their order. */
  events: readonly [EventToSend, ...EventToSend[]];
  /** Whether it goes as a batch, if only of one event. */
  isBatch: boolean;
  context: RenderContext;
}

/** How the HMAC-SHA256 over the exact bytes of the body is written, keyed with the whole secret. */
export interface FormatSignature {
  /** The previous secret of a rotation goes under the same name with `-Previous` behind it. */
  header: string;
  encoding: 'hex' | 'base64';
  /** In front of the encoded signature, such as `sha256=`. */
  prefix: string;
  /** Constant headers that go wherever the signature goes, such as one that names the algorithm. */
  alongside?: readonly Header[];
}

/** A format's batches: as many events in one request at most, of one type where the format names it once. */
export interface BatchRoom {
  maxEvents: number;
  sameType: boolean;
  /** The `X-Schoolbell-Event` of a batch, where it is not `batch`. */
  eventName?(events: FormatInput['events']): string;
}

/**
 * What goes on the wire for an event or a batch of them: a pure function of its input, so that the body of an
 * attempt can be rendered again for display, byte for byte. Each lives in its own folder, with one line in
 * `formats.ts`.
 */
export interface WireFormat {
  /** Its name, as in the `format` of a webhook. */
  readonly name: string;
  /** The event types that it has a place for; `all` includes the types that customers register themselves. */
  readonly carries: 'all' | readonly string[];
  /** Whether an event of a type that it carries has what it needs; one that has not is not sent. Default: yes. */
  takes?(event: EventToSend): boolean;
  contentType(input: FormatInput): string;
  /** Further headers of the request, neither about the signature nor about authentication. */
  headers?(input: FormatInput): readonly Header[];
  /** The names of all headers that `headers` can give, for webhooks of this format not to set them. */
  readonly headerNames?: readonly string[];
  /** Compact, its keys in the documented order. */
  body(input: FormatInput): string;
  /** Whether body or headers depend on the context. */
  readonly usesContext: boolean;
  /** `null` for a format that has no signature header of its own. */
  readonly signature: FormatSignature | null;
  /**
   * `as_asked`: when the webhook's authentication says so. `always`: the signature is the format. `never`: its
   * receivers know no signatures.
   */
  readonly signed: 'as_asked' | 'always' | 'never';
  /** The ways of authentication that it takes, the default first. */
  readonly authentications: readonly WebhookAuthentication['type'][];
  /** Its receivers' libraries decode every secret as base64 behind `whsec_`, and know Ed25519 key pairs. */
  readonly standardSecrets?: true;
  /** The webhook's template makes the body: without a template there is no body. */
  readonly templated?: true;
  readonly settings?: FormatSettings;
  /** Left out by formats that take one event a request. */
  readonly batches?: BatchRoom;
  /** Where requests go, when that is not the webhook's URL itself. */
  url?(webhookUrl: string): string;
  /** How receivers are asked for their consent, where that is usual. */
  readonly handshake?: HandshakeRules;
  /** How answers are read, where they say more than whether the request was taken. */
  readonly answers?: AnswerRules;
}

/** What most formats take. */
export const USUAL_AUTHENTICATIONS = [
  'signature',
  'none',
  'basic',
  'bearer',
  'oauth2',
] as const satisfies readonly WebhookAuthentication['type'][];
