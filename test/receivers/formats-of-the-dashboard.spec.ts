import { FORMAT_NAMES, formatNamed } from '@schoolbell/formats';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../apps/dashboard/src/features/webhooks/settings/webhook-formats.ts';

describe('the formats that the dashboard offers', () => {
  it('are all that there are', () => {
    expect(Object.keys(FORMATS).toSorted()).toEqual([...FORMAT_NAMES].toSorted());
  });

  it.each(FORMAT_NAMES)('%s is signed, authenticated and batched as the form says', (name) => {
    const format = formatNamed(name)!;
    const shown = FORMATS[name as keyof typeof FORMATS];
    expect({
      // The form starts with the first one.
      authentications: shown.authentications,
      signed: shown.signed,
      hasOwnSignature: shown.hasOwnSignature,
      batchOf: shown.batchOf,
    }).toEqual({
      authentications: format.authentications,
      signed: format.signed,
      hasOwnSignature: format.signature !== null,
      batchOf: format.batches?.maxEvents,
    });
  });
});
