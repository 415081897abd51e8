import { Flag } from '../fields/flag.js';
import { Optional } from '../fields/optional.js';
import { DateOrTimestamp } from '../fields/timestamp.js';

/** The certificate that came of a session. */
export class CertificateData {
  @Optional()
  @Flag('Whether a certificate was issued.')
  issued?: boolean;

  @Optional()
  @DateOrTimestamp('When the certificate ends.')
  expiryDate?: string;
}
