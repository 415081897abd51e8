import { Plus, X } from 'lucide-react';
import { useFieldArray } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { FormText, useFault } from './form-fields.tsx';
import type { WebhookValues } from './webhook-values.ts';

interface NamedValuesProps {
  name: 'headers' | 'metadata';
  /** The word for one of them: "header". */
  noun: string;
  most: number;
}

/** Names with values, one pair per line. */
export function NamedValues({ name, noun, most }: NamedValuesProps) {
  const { fields, append, remove } = useFieldArray<WebhookValues, 'headers' | 'metadata'>({ name });
  const fault = useFault(name);
  return (
    <div className="flex flex-col items-start gap-3">
      {fields.map(({ id }, i) => (
        <div key={id} className="flex w-full items-start gap-2">
          <div className="grid min-w-0 grow gap-2 sm:grid-cols-2">
            <FormText name={`${name}.${i}.name`} label={`Name of ${noun} ${i + 1}`} mono />
            <FormText name={`${name}.${i}.value`} label={`Value of ${noun} ${i + 1}`} mono />
          </div>
          <Button
            look="quiet"
            size="icon"
            aria-label={`Remove ${noun} ${i + 1}`}
            className="mt-6.5"
            icon={<X aria-hidden className="size-4" />}
            onClick={() => remove(i)}
          />
        </div>
      ))}
      {fault !== undefined && (
        <p role="alert" className="text-xs text-bad">
          {fault}
        </p>
      )}
      <Button
        size="small"
        disabled={fields.length >= most}
        icon={<Plus aria-hidden className="size-4" />}
        onClick={() => append({ name: '', value: '' })}
      >
        Add a {noun}
      </Button>
    </div>
  );
}
