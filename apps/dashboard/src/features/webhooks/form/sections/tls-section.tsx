import type { WebhookDocument } from '@schoolbell/api-client';
import { useWatch } from 'react-hook-form';
import { Time } from '../../../../ui/time.tsx';
import { CollapsedSection } from '../collapsed-section.tsx';
import { FormSelect, FormTextArea } from '../form-fields.tsx';
import type { WebhookValues } from '../webhook-values.ts';

const PEM = '-----BEGIN CERTIFICATE-----';

/** A certificate for receivers that ask for one, and certificate authorities besides the public ones. */
export function TlsSection({ stored }: { stored?: WebhookDocument }) {
  const state = useWatch<WebhookValues, 'clientCertificate.state'>({
    name: 'clientCertificate.state',
  });
  const kept = stored?.clientCertificate;
  return (
    <CollapsedSection
      title="Certificates"
      says={['clientCertificate', 'ca']}
      fields={['clientCertificate', 'ca']}
    >
      <FormSelect
        name="clientCertificate.state"
        label="Client certificate (mTLS)"
        hint="Shown to a receiver that asks for one. E-mails warn 30 and 7 days before it expires."
        choices={[
          { value: 'none', label: 'None' },
          ...(kept ? [{ value: 'kept' as const, label: 'The stored one' }] : []),
          { value: 'new', label: kept ? 'Another one' : 'One of your own' },
        ]}
      />
      {state === 'kept' && kept && (
        <p className="text-sm text-muted">
          {kept.subject ?? 'It is damaged: set it again.'} It ends <Time at={kept.expiresAt} />.
        </p>
      )}
      {state === 'new' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <FormTextArea
            name="clientCertificate.certificate"
            label="Certificate"
            hint="PEM, followed by the intermediate certificates."
            placeholder={PEM}
            mono
          />
          <FormTextArea
            name="clientCertificate.key"
            label="Private key"
            hint="PEM, without a passphrase. Never shown again."
            placeholder="-----BEGIN PRIVATE KEY-----"
            mono
          />
        </div>
      )}
      <FormTextArea
        name="ca"
        label="Trusted authorities (optional)"
        hint="PEM certificates of the authorities that are trusted for the receiver, in place of the public ones."
        placeholder={PEM}
        mono
      />
    </CollapsedSection>
  );
}
