import type { Format } from '../../settings/webhook-formats.ts';
import { FormCheckbox, FormSelect, FormText } from '../form-fields.tsx';

/** The settings of a format; most have none. */
export function FormatSettings({ format }: { format: Format }) {
  switch (format) {
    case 'cloudevents':
      return <CloudEventsSettings />;
    case 'xapi':
      return <XapiSettings />;
    case 'adobe-alm':
      return (
        <FormText
          name="adobeAlm.accountId"
          label="Account id"
          inputMode="numeric"
          hint="Sent as accountId; left out when it is empty."
        />
      );
    case 'docebo':
      return (
        <FormText
          name="docebo.webhookId"
          label="Webhook id"
          inputMode="numeric"
          hint="Sent as webhook_id. If left empty, it is the webhook’s number here."
        />
      );
    case 'scorm-cloud':
      return (
        <FormSelect
          name="scormCloud.envelope"
          label="Made for"
          choices={[
            { value: 'postback', label: 'SCORM Cloud’s postbacks' },
            { value: 'webhook', label: 'Rustici Engine’s webhooks' },
          ]}
        />
      );
    default:
      return null;
  }
}

function CloudEventsSettings() {
  return (
    <>
      <FormSelect
        name="cloudevents.mode"
        label="Attributes"
        choices={[
          { value: 'structured', label: 'In the body, beside data' },
          { value: 'binary', label: 'In ce- headers' },
        ]}
      />
      <FormCheckbox
        name="cloudevents.handshake"
        note="With OPTIONS, before the first event. The webhook is active once the receiver consents."
      >
        Ask the receiver for its consent
      </FormCheckbox>
    </>
  );
}

function XapiSettings() {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <FormSelect
        name="xapi.version"
        label="Version"
        choices={[
          { value: '1.0.3', label: '1.0.3' },
          { value: '2.0.0', label: '2.0.0' },
        ]}
      />
      <FormSelect
        name="xapi.style"
        label="Completion and success"
        choices={[
          { value: 'single', label: 'One statement' },
          { value: 'split', label: 'Two statements' },
        ]}
      />
      <FormSelect
        name="xapi.actor"
        label="Learners are named by"
        choices={[
          { value: 'account', label: 'Their id' },
          { value: 'mbox', label: 'Their e-mail address' },
        ]}
      />
    </div>
  );
}
