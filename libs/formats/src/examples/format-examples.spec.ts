import { EVENT_TYPES, eventTypeNamed } from '@schoolbell/catalogue';
import { describe, expect, it } from 'vitest';
import { carries, FORMATS } from '../formats.js';
import { formatExamples } from './format-examples.js';

describe('the examples of an event type', () => {
  it.each(EVENT_TYPES)('of $name are in the formats that carry it', (type) => {
    const carrying = FORMATS.filter((format) => !format.templated && carries(format, type.name));
    const examples = formatExamples(type);
    expect(examples.map(({ format }) => format)).toEqual(carrying.map(({ name }) => name));
    for (const { body } of examples) expect(body).not.toBe('');
  });

  it('are what is sent', () => {
    const [first] = formatExamples(eventTypeNamed('competency.awarded')!);
    expect(first).toEqual({
      format: 'allureconnect',
      contentType: 'application/json',
      headers: [],
      body: expect.stringContaining('"type":"competency.awarded","createdAt":"2026-04-10T14:32'),
    });
  });

  it('show what is sent to a tenant with a SCORM API id of its own', () => {
    const examples = formatExamples(eventTypeNamed('session.launched')!);
    const scormApi = examples.find(({ format }) => format === 'scorm-api')!;
    expect(JSON.parse(scormApi.body).tenant_id).toBe('550e8400-e29b-41d4-a716-446655440000');
  });
});
