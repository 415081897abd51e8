import type { WebhookDocument } from '@schoolbell/api-client';
import { useWatch } from 'react-hook-form';
import { FORMATS, type Format } from '../../settings/webhook-formats.ts';
import { AUTHENTICATION_TITLES } from '../../settings/setting-words.ts';
import { CollapsedSection } from '../collapsed-section.tsx';
import { FormSelect, FormText } from '../form-fields.tsx';
import type { WebhookValues } from '../webhook-values.ts';
import { SignatureFields } from './signature-fields.tsx';

const NOTES = {
  signature: 'Each request is signed with the webhook’s secret.',
  none: 'Nothing proves to the receiver that a request comes from Schoolbell.',
  basic: 'In the Authorization header.',
  bearer: 'In the Authorization header.',
  oauth2: 'A token is fetched, kept until shortly before it ends, and sent.',
  form: 'Beside the data, in the form that SCORM Cloud posts.',
} as const;

/** How the receiver recognises requests of Schoolbell. */
export function AuthenticationSection({ stored }: { stored?: WebhookDocument }) {
  const format = useWatch<WebhookValues, 'format'>({ name: 'format' });
  const type = useWatch<WebhookValues, 'authentication.type'>({ name: 'authentication.type' });
  const offered = FORMATS[format].authentications;
  // A type that the format does not have stays until another is chosen: the API says so at its field.
  const types = offered.includes(type) ? offered : [type, ...offered];
  return (
    <CollapsedSection
      title="Authentication"
      says={['authentication', 'signing', 'signature']}
      fields={['authentication', 'signature', 'signing', 'secret']}
    >
      <FormSelect
        name="authentication.type"
        label="Kind"
        hint={NOTES[type]}
        choices={types.map((value) => ({
          value,
          label: AUTHENTICATION_TITLES[value],
          note: NOTES[value],
        }))}
      />
      <Credentials type={type} isStored={stored?.authentication?.type === type} />
      <Signed format={format} type={type} />
      <SignatureFields isNew={stored === undefined} />
    </CollapsedSection>
  );
}

interface CredentialsProps {
  type: WebhookValues['authentication']['type'];
  /** Whether a value that is never shown was entered before. */
  isStored: boolean;
}

function Credentials({ type, isStored }: CredentialsProps) {
  const secret = {
    type: 'password',
    autoComplete: 'new-password',
    ...(isStored && {
      placeholder: 'Stored',
      hint: 'If left empty, the stored one stays, as long as nothing else here is changed.',
    }),
  } as const;
  const plain = { autoComplete: 'off', spellCheck: false } as const;
  switch (type) {
    case 'basic':
    case 'form':
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          <FormText name="authentication.username" label="User name" {...plain} />
          <FormText name="authentication.password" label="Password" {...secret} />
        </div>
      );
    case 'bearer':
      return <FormText name="authentication.token" label="Token" {...secret} />;
    case 'oauth2':
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          <FormText
            name="authentication.tokenUrl"
            label="Token URL"
            className="sm:col-span-2"
            mono
            {...plain}
          />
          <FormText name="authentication.clientId" label="Client id" {...plain} />
          <FormText name="authentication.clientSecret" label="Client secret" {...secret} />
          <FormText name="authentication.scope" label="Scope (if asked for)" {...plain} />
          <FormText name="authentication.audience" label="Audience (if asked for)" {...plain} />
        </div>
      );
    default:
      return null;
  }
}

/** Whether requests are signed, for formats that let the user choose. */
function Signed({ format, type }: { format: Format; type: string }) {
  if (FORMATS[format].signed !== 'as_asked') {
    return (
      <p className="text-sm text-muted">
        Requests of this format are {FORMATS[format].signed} signed.
      </p>
    );
  }
  return (
    <FormSelect
      name="authentication.sign"
      label="Signature headers"
      choices={[
        {
          value: 'default',
          label: type === 'signature' ? 'Sent, as usual' : 'Not sent, as usual with this kind',
        },
        { value: 'yes', label: 'Sent' },
        { value: 'no', label: 'Not sent' },
      ]}
    />
  );
}
