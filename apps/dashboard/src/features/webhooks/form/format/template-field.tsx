import { listTemplatesOptions } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { useFormContext, useWatch } from 'react-hook-form';
import { Select } from '../../../../ui/select.tsx';
import { Labelled } from '../../../../ui/labelled.tsx';
import { FormTextArea } from '../form-fields.tsx';
import { ExampleResults } from '../preview/example-results.tsx';
import type { WebhookValues } from '../webhook-values.ts';

/** The template of a custom body: a ready one, or the user's own. */
export function TemplateField() {
  const template = useWatch<WebhookValues, 'template'>({ name: 'template' });
  return (
    <>
      <ReadyTemplates />
      <FormTextArea
        name="template"
        label="Template"
        hint="JSONata whose result is the body. It sees id, type, occurredAt, tenantId and data, and webhook.metadata."
        placeholder={'{"text": data.learnerId & " completed " & data.packageId}'}
        rows={8}
        mono
      />
      {template.trim() !== '' && <ExampleResults />}
    </>
  );
}

function ReadyTemplates() {
  const { setValue } = useFormContext<WebhookValues>();
  const { data } = useQuery({ ...listTemplatesOptions(), staleTime: Infinity });
  const templates = data?.data ?? [];
  const template = useWatch<WebhookValues, 'template'>({ name: 'template' });
  const chosen = templates.find(({ expression }) => expression === template);
  return (
    <Labelled
      label="Ready template"
      hint={chosen?.description ?? 'As it is, or as the beginning of your own.'}
    >
      <Select
        label="Ready template"
        value={chosen?.name ?? ''}
        onChange={(name) => {
          const ready = templates.find((one) => one.name === name);
          if (ready) setValue('template', ready.expression, { shouldDirty: true });
        }}
        choices={[
          { value: '', label: 'Your own' },
          ...templates.map(({ name, title, description }) => ({
            value: name,
            label: title,
            note: description,
          })),
        ]}
        className="w-full"
      />
    </Labelled>
  );
}
