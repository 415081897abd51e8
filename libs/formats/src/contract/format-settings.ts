/** One field of a format's settings, in JSON Schema's words: it serves validation, OpenAPI and the docs. */
export type SettingField = { description: string; default?: unknown } & (
  | { type: 'string'; enum: readonly string[] }
  | { type: 'string'; minLength: number; maxLength: number }
  | { type: 'boolean' }
  | { type: 'integer'; minimum: number; maximum: number }
);

/** Settings that a format has of its own, under a field of the webhook that only this format has. */
export interface FormatSettings {
  /** The webhook's field: `cloudevents`, `adobeAlm`. */
  readonly field: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, SettingField>>;
  /** Defaults that are another for each webhook, by its number within the tenant. */
  defaults?(webhookNumber: number): SettingValues;
}

/** What a webhook has set for its format, defaults filled in. */
export type SettingValues = Readonly<Record<string, unknown>>;

/** Values that were given, with the format's defaults for the rest. */
export function withDefaults(
  settings: FormatSettings | undefined,
  given: unknown,
  webhookNumber: number,
): SettingValues {
  const defaults = Object.entries(settings?.properties ?? {}).flatMap(([name, field]) =>
    field.default === undefined ? [] : [[name, field.default]],
  );
  return {
    ...Object.fromEntries(defaults),
    ...settings?.defaults?.(webhookNumber),
    ...(given as SettingValues | undefined),
  };
}
