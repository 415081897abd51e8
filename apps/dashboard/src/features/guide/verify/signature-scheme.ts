/** The HMAC-SHA256 of the body, keyed with the whole secret, in a header of the format's own. */
export interface BodySignature {
  kind: 'body';
  header: string;
  encoding: 'hex' | 'base64';
  /** In front of the encoded signature, such as `sha256=`. */
  prefix: string;
}

/** Standard Webhooks: id, time and body are signed, and go in three headers of their own. */
interface StandardSignature {
  kind: 'standard';
}

/** What a receiver verifies a request by. */
export type SignatureScheme = BodySignature | StandardSignature;
