import type { ComponentProps } from 'react';
import { type FieldPath, get, useController, useFormContext } from 'react-hook-form';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { TextAreaField, TextField } from '../../../ui/field.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import type { Choice } from '../../../ui/select.tsx';
import type { WebhookValues } from './webhook-values.ts';

type Path = FieldPath<WebhookValues>;

/** What the API said about a field. */
export function useFault(name: Path): string | undefined {
  const { formState } = useFormContext<WebhookValues>();
  return (get(formState.errors, name) as { message?: string } | undefined)?.message;
}

/** Changing a field removes what was said about it. */
function useRegistered(name: Path) {
  const { register, clearErrors } = useFormContext<WebhookValues>();
  return register(name, { onChange: () => clearErrors(name) });
}

/** A {@link TextField} of the form. */
export function FormText({ name, ...rest }: { name: Path } & ComponentProps<typeof TextField>) {
  const props = useRegistered(name);
  return <TextField {...rest} {...props} error={useFault(name)} />;
}

/** A {@link TextAreaField} of the form. */
export function FormTextArea({
  name,
  ...rest
}: { name: Path } & ComponentProps<typeof TextAreaField>) {
  const props = useRegistered(name);
  return <TextAreaField {...rest} {...props} error={useFault(name)} />;
}

interface FormSelectProps<Value extends string> {
  name: Path;
  label: string;
  hint?: string;
  choices: readonly Choice<Value>[];
}

/** A {@link SelectField} of the form. */
export function FormSelect<Value extends string>({ name, ...rest }: FormSelectProps<Value>) {
  const { field } = useController<WebhookValues>({ name });
  return (
    <SelectField
      {...rest}
      value={field.value as Value}
      onChange={field.onChange}
      error={useFault(name)}
    />
  );
}

/** A {@link Checkbox} of the form. */
export function FormCheckbox({
  name,
  children,
  note,
}: { name: Path } & Pick<ComponentProps<typeof Checkbox>, 'children' | 'note'>) {
  const { field } = useController<WebhookValues>({ name });
  return (
    <Checkbox checked={field.value === true} onChange={field.onChange} note={note}>
      {children}
    </Checkbox>
  );
}
