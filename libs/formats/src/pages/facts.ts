import { EVENT_TYPES } from '@schoolbell/catalogue';
import type { SettingField } from '../contract/format-settings.js';
import type { WireFormat } from '../contract/wire-format.js';
import { carries } from '../formats.js';

/** What a format's code says about it, as a table in Markdown. */
export function facts(format: WireFormat): string {
  const rows = [
    ['Event types', carriedTypes(format)],
    ['Signature', signatureOf(format)],
    ['Authentication', authenticationOf(format)],
    ['Events in a request', roomOf(format)],
    ...settingsOf(format),
  ];
  return ['| | |', '| --- | --- |', ...rows.map(([name, text]) => `| ${name} | ${text} |`)].join(
    '\n',
  );
}

/** Names in the order of the catalogue, or that it is all of them. */
export function carriedTypes(format: WireFormat): string {
  if (format.carries === 'all') return 'all, also those of your own';
  return EVENT_TYPES.filter(({ name }) => carries(format, name))
    .map(({ name }) => `\`${name}\``)
    .join(', ');
}

/** The headers that the format's own signature goes in. */
export function signatureOf({ signature, signed }: WireFormat): string {
  if (signed === 'never') return 'none';
  if (!signature) return '`webhook-signature`';
  const { header, prefix, encoding, alongside = [] } = signature;
  return [`\`${header}: ${prefix}<${encoding}>\``]
    .concat(alongside.map(([name, value]) => `\`${name}: ${value}\``))
    .join(', ');
}

function authenticationOf({ authentications: [usual, ...others] }: WireFormat): string {
  return [`\`${usual}\` (default)`, ...others.map((type) => `\`${type}\``)].join(', ');
}

function roomOf({ batches }: WireFormat): string {
  if (!batches) return 'one';
  const types = batches.sameType ? ' of one type' : '';
  return `one, or in batches up to ${batches.maxEvents}${types}`;
}

function settingsOf({ settings }: WireFormat): string[][] {
  if (!settings) return [];
  return Object.entries(settings.properties).map(([name, field]) => [
    `\`${settings.field}.${name}\``,
    `${valuesOf(field)}. ${field.description}`,
  ]);
}

function valuesOf(field: SettingField): string {
  const standard = field.default === undefined ? '' : `, default \`${field.default as string}\``;
  return `${rangeOf(field)}${standard}`;
}

function rangeOf(field: SettingField): string {
  switch (field.type) {
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return `whole number from ${field.minimum} to ${field.maximum}`;
    case 'string':
      return 'enum' in field
        ? field.enum.map((value) => `\`${value}\``).join(' or ')
        : `text of ${field.minLength} to ${field.maxLength} characters`;
  }
}
