import { AUTHENTICATION_TYPES, type WebhookAuthentication } from '@schoolbell/delivery';
import { type EgressPolicy, MAX_URL_LENGTH } from '@schoolbell/destinations';
import { isHeaderValue } from '@schoolbell/formats';
import { Flag } from '../fields/flag.js';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { stacked } from '../fields/stacked.js';
import { Text } from '../fields/text.js';
import type { FieldError } from '../http/api-error.js';

const MAX_LENGTH = 1024;
const MAX_TOKEN_LENGTH = 4096;

/** A text that one or more kinds of authentication need. */
const AuthenticationText = (description: string, maxLength = MAX_LENGTH): PropertyDecorator =>
  stacked(MayBeLeftOut(), Text({ maxLength, description }));

/** How the receiver recognises requests of Schoolbell. */
export class AuthenticationInput {
  @OneOf(AUTHENTICATION_TYPES, { default: 'signature' })
  type!: WebhookAuthentication['type'];

  @AuthenticationText('With `basic` and `form`.')
  username?: string;

  @AuthenticationText('With `basic` and `form`. Never shown again.')
  password?: string;

  @AuthenticationText('With `bearer`. Never shown again.', MAX_TOKEN_LENGTH)
  token?: string;

  @AuthenticationText(
    'With `oauth2`: where tokens are fetched, by client credentials (RFC 6749).',
    MAX_URL_LENGTH,
  )
  tokenUrl?: string;

  @AuthenticationText('With `oauth2`.')
  clientId?: string;

  @AuthenticationText('With `oauth2`. Never shown again.')
  clientSecret?: string;

  @AuthenticationText('With `oauth2`, where the token endpoint asks for it.')
  scope?: string;

  @AuthenticationText('With `oauth2`, where the token endpoint asks for it.')
  audience?: string;

  @MayBeLeftOut()
  @Flag({
    description:
      'Whether the signature headers are sent: by default only with `signature`. Some formats decide this themselves.',
  })
  sign?: boolean;
}

type TextField = Exclude<keyof AuthenticationInput, 'type' | 'sign'>;

const FIELDS: Record<
  WebhookAuthentication['type'],
  { required: readonly TextField[]; optional?: readonly TextField[] }
> = {
  signature: { required: [] },
  none: { required: [] },
  basic: { required: ['username', 'password'] },
  bearer: { required: ['token'] },
  oauth2: {
    required: ['tokenUrl', 'clientId', 'clientSecret'],
    optional: ['scope', 'audience'],
  },
  form: { required: ['username', 'password'] },
};

const ALL_FIELDS: readonly TextField[] = [
  'username',
  'password',
  'token',
  'tokenUrl',
  'clientId',
  'clientSecret',
  'scope',
  'audience',
];

/** The fields of each kind of authentication; all others are refused. */
export function authenticationFaults(
  input: AuthenticationInput,
  policy: EgressPolicy,
): FieldError[] {
  return ALL_FIELDS.flatMap((field) => {
    const message = faultOf(input, field, policy);
    return message === undefined ? [] : [{ path: `authentication.${field}`, message }];
  });
}

/** @param input which has no {@link authenticationFaults} */
export function toAuthentication(input: AuthenticationInput): WebhookAuthentication {
  const { type, sign } = input;
  const { required, optional = [] } = FIELDS[type];
  const texts = [...required, ...optional].flatMap((field) =>
    input[field] === undefined ? [] : [[field, input[field]]],
  );
  return {
    type,
    ...Object.fromEntries(texts),
    ...(sign !== undefined && { sign }),
  } as WebhookAuthentication;
}

function faultOf(
  input: AuthenticationInput,
  field: TextField,
  policy: EgressPolicy,
): string | undefined {
  const value = input[field];
  const { required, optional = [] } = FIELDS[input.type];
  if (!required.includes(field) && !optional.includes(field)) {
    return value === undefined
      ? undefined
      : `does not belong to the type ${input.type}: leave it out`;
  }
  if (!value) return required.includes(field) ? 'is required for this type' : undefined;
  return faultOfText(field, value, policy);
}

function faultOfText(field: TextField, value: string, policy: EgressPolicy): string | undefined {
  // RFC 7617: the first colon ends the user name.
  if (field === 'username' && value.includes(':')) return 'must not contain a colon';
  if (field === 'token' && (!isHeaderValue(value) || /\s/.test(value))) {
    return 'must be printable ASCII without spaces';
  }
  if (field === 'tokenUrl') {
    const check = policy.checkUrl(value);
    return check.ok ? undefined : check.message;
  }
  // oxlint-disable-next-line no-control-regex -- RFC 7617 forbids them
  return /[\u0000-\u001f\u007f]/.test(value) ? 'must not contain control characters' : undefined;
}
