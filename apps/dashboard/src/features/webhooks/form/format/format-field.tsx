import { useController } from 'react-hook-form';
import { Select } from '../../../../ui/select.tsx';
import { Labelled } from '../../../../ui/labelled.tsx';
import { FORMAT_NAMES, FORMATS } from '../../settings/webhook-formats.ts';
import { useFault } from '../form-fields.tsx';
import type { WebhookValues } from '../webhook-values.ts';
import { TemplateField } from './template-field.tsx';
import { FormatSettings } from './format-settings.tsx';

/** The format, a sentence about it, and its settings. */
export function FormatField() {
  const { field } = useController<WebhookValues, 'format'>({ name: 'format' });
  const fault = useFault('format');
  return (
    <div className="flex flex-col gap-4">
      <Labelled label="Format" hint={FORMATS[field.value].says} error={fault}>
        <Select
          label="Format"
          value={field.value}
          onChange={field.onChange}
          choices={FORMAT_NAMES.map((name) => ({
            value: name,
            label: FORMATS[name].title,
            note: FORMATS[name].says,
          }))}
          className="w-full"
        />
      </Labelled>
      <FormatSettings format={field.value} />
      {field.value === 'custom' && <TemplateField />}
    </div>
  );
}
