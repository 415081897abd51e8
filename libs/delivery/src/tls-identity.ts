/** What a webhook's requests show a receiver that asks for a certificate (mTLS). PEM. */
export interface ClientCertificate {
  /** With the certificates between it and its authority behind it, where there are any. */
  certificate: string;
  key: string;
}

/** As whom requests over TLS go out, and whom they trust, where a webhook has settings of its own. */
export interface TlsIdentity {
  /** Connections are shared only by requests that have the same, and by those that have no identity at all. */
  id: string;
  client?: ClientCertificate;
  /** PEM: the authorities that are trusted in place of the public ones. */
  ca?: string;
}
