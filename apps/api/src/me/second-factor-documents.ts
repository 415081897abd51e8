import { ApiProperty } from '@nestjs/swagger';
import { RECOVERY_CODE_COUNT } from '@schoolbell/identity';
import { TypedField } from '../accounts/account-fields.js';

const PASSWORD = { example: 'correct horse battery staple', description: 'Your password.' };
const CODE = {
  example: '287082',
  description: 'A code of the authenticator app; each works once.',
};
const CODE_OR_RECOVERY = {
  example: '287082',
  description: 'A code of the authenticator app, or a recovery code; each works once.',
};

/** The body of `POST /v1/me/totp/confirm`. */
export class ConfirmTotp {
  @TypedField(CODE)
  code!: string;
}

/** The body of `POST /v1/me/totp`. */
export class StartTotp {
  @TypedField(PASSWORD)
  password!: string;
}

/** Password and code, for `DELETE /v1/me/totp` and `POST /v1/me/totp/recovery-codes`. */
export class ProvenByBoth {
  @TypedField(PASSWORD)
  password!: string;

  @TypedField(CODE_OR_RECOVERY)
  code!: string;
}

/** A second factor that has to be confirmed. */
export class TotpDocument {
  @ApiProperty({ description: 'For typing it into the authenticator app, in base32.' })
  secret!: string;

  @ApiProperty({ description: 'For showing it as a QR code.' })
  otpauthUrl!: string;
}

export const TOTP_EXAMPLE: TotpDocument = {
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  otpauthUrl:
    'otpauth://totp/Schoolbell:ada%40northwind.example?issuer=Schoolbell&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
};

/** Replaces a lost authenticator app. */
export class RecoveryCodesDocument {
  @ApiProperty({
    type: [String],
    minItems: RECOVERY_CODE_COUNT,
    maxItems: RECOVERY_CODE_COUNT,
    description: 'Shown only once; each code works once.',
  })
  recoveryCodes!: string[];
}

export const RECOVERY_CODES_EXAMPLE: RecoveryCodesDocument = {
  recoveryCodes: Array.from({ length: RECOVERY_CODE_COUNT }, (_, i) => `k7m2p-9xq4z-3hn8${i}`),
};
