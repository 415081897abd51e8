import { checkSettings, FORMATS, type FormatSettings } from '@schoolbell/formats';
import { JsonObject } from '../fields/json-object.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { stacked } from '../fields/stacked.js';
import type { FieldError } from '../http/api-error.js';

/** The formats that have settings of their own, each under a field of the webhook. */
const FORMATS_WITH_SETTINGS = FORMATS.flatMap(({ name, settings }) =>
  settings ? [{ format: name, settings }] : [],
);

/** Adds to a class a field for the settings of each format that has some. */
export const FormatSettingsFields = (): ClassDecorator => (target) => {
  for (const { settings } of FORMATS_WITH_SETTINGS) {
    const decorate = stacked(MayBeLeftOut(), JsonObject(settingsSchema(settings)));
    decorate(target.prototype as object, settings.field);
  }
};

/** The OpenAPI schema of a format's settings, from their declaration. */
function settingsSchema({ description, properties }: FormatSettings) {
  return {
    type: 'object',
    description,
    additionalProperties: false,
    properties: { ...properties },
  } as const;
}

/** The given settings of formats, by field. */
export function givenFormatSettings(input: object): Record<string, unknown> {
  const given = input as Record<string, unknown>;
  return Object.fromEntries(
    FORMATS_WITH_SETTINGS.flatMap(({ settings: { field } }) =>
      given[field] === undefined ? [] : [[field, given[field]]],
    ),
  );
}

/** The faults of the settings given for a format: unknown ones, bad values, settings of another format. */
export function formatSettingsFaults(format: string, input: object): FieldError[] {
  const given = givenFormatSettings(input);
  return FORMATS_WITH_SETTINGS.flatMap(({ format: owner, settings }) => {
    const values = given[settings.field];
    if (values === undefined) return [];
    if (owner !== format) {
      return [{ path: settings.field, message: `belongs to the format ${owner}: leave it out` }];
    }
    return checkSettings(settings, values as object).map(({ name, message }) => ({
      path: `${settings.field}.${name}`,
      message,
    }));
  });
}
