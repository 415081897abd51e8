import { describe, expect, it } from 'vitest';
import { changedFields, plain, shownFields, type AuditedField } from './changed-fields.js';

const hidden = (secret: string): AuditedField => ({ value: secret, shown: { type: 'bearer' } });

describe('what an entry of the audit log shows', () => {
  it('is the fields that changed, as they were and as they are', () => {
    const before = { url: plain('https://one.example'), events: plain(['*']) };
    const after = { url: plain('https://two.example'), events: plain(['*']) };
    expect(changedFields(before, after)).toEqual({
      before: { url: 'https://one.example' },
      after: { url: 'https://two.example' },
    });
  });

  it('is nothing when nothing changed', () => {
    expect(changedFields({ events: plain(['a']) }, { events: plain(['a']) })).toBeUndefined();
  });

  it('tells that a secret changed, and not the secret', () => {
    const changed = changedFields({ token: hidden('old') }, { token: hidden('new') });
    expect(changed).toEqual({
      before: { token: { type: 'bearer' } },
      after: { token: { type: 'bearer' } },
    });
    expect(JSON.stringify([changed, shownFields({ token: hidden('new') })])).not.toMatch(/old|new/);
  });

  it('has null for a field that came or went', () => {
    expect(changedFields({}, { signature: plain({ header: 'X-Sign' }) })).toEqual({
      before: { signature: null },
      after: { signature: { header: 'X-Sign' } },
    });
  });
});
