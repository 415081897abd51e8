/** What a webhook's requests show a receiver that asks for a certificate (mTLS). PEM. */
export interface ClientCertificate {
  /** Followed by the intermediate certificates, if any. */
  certificate: string;
  key: string;
}

/** As whom requests over TLS identify themselves, and whom they trust, if a webhook has its own settings for this. */
export interface TlsIdentity {
  /** Connections are shared only by requests that have the same, and by those that have no identity at all. */
  id: string;
  client?: ClientCertificate;
  /** PEM: the authorities that are trusted in place of the public ones. */
  ca?: string;
}
