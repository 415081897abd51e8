import type { FormatSettings, SettingField } from './format-settings.js';

export interface SettingFault {
  /** The setting within the format's field; empty when the fault is of the whole. */
  name: string;
  message: string;
}

/** What is wrong with the settings given for a format; nothing when the list is empty. */
export function checkSettings(settings: FormatSettings, given: object): SettingFault[] {
  const known = settings.properties;
  return Object.entries(given).flatMap(([name, value]) => {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!field) {
      return [
        {
          name,
          message: `is not a setting of this format; its settings are: ${Object.keys(known).join(', ')}`,
        },
      ];
    }
    const message = faultOf(field, value);
    return message === undefined ? [] : [{ name, message }];
  });
}

function faultOf(field: SettingField, value: unknown): string | undefined {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'integer':
      return isWithin(value, field.minimum, field.maximum)
        ? undefined
        : `must be a whole number from ${field.minimum} to ${field.maximum}`;
    case 'string':
      return 'enum' in field ? faultOfChoice(field.enum, value) : faultOfText(field, value);
  }
}

function isWithin(value: unknown, minimum: number, maximum: number): boolean {
  return (
    Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum
  );
}

function faultOfChoice(choices: readonly string[], value: unknown): string | undefined {
  return choices.includes(value as string) ? undefined : `must be one of: ${choices.join(', ')}`;
}

function faultOfText(
  { minLength, maxLength }: { minLength: number; maxLength: number },
  value: unknown,
): string | undefined {
  const fits = typeof value === 'string' && value.length >= minLength && value.length <= maxLength;
  return fits ? undefined : `must be a text of ${minLength} to ${maxLength} characters`;
}
