/** HMAC-SHA256 of the body, keyed with the whole secret, in a header of the format's own. */
export interface BodySignature {
  kind: 'body';
  header: string;
  encoding: 'hex' | 'base64';
  /** Stands before the encoded signature, such as `sha256=`. */
  prefix: string;
}

/** Standard Webhooks: id, time and body are signed, and sent in three headers. */
interface StandardSignature {
  kind: 'standard';
}

/** How a receiver verifies a request. */
export type SignatureScheme = BodySignature | StandardSignature;
