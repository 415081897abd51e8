import type { WebhookExplanationDocument as Standing } from '@schoolbell/api-client';
import { describe, expect, it } from 'vitest';
import { sendingOf } from './can-be-sent.ts';

type Code = Standing['reasons'][number]['code'];

const standing = (status: Standing['status'], codes: Code[] = [], about: object = {}) =>
  ({
    status,
    reasons: codes.map((code) => ({ code, message: '' })),
    webhookStatus: 'active',
    delivery: null,
    ...about,
  }) as unknown as Standing;

describe('what is offered about an event at a webhook', () => {
  it('is to deliver what the webhook did not want by type, scope or age', () => {
    for (const code of ['type_not_listed', 'out_of_scope', 'created_later', 'changed_since']) {
      expect(sendingOf(standing('unwanted', [code as Code])), code).toBe('deliver');
    }
    expect(sendingOf(standing('discarded', ['discarded']))).toBe('deliver');
    expect(sendingOf(standing('discarded', ['filtered']))).toBe('deliver');
  });

  it('is nothing where the webhook’s filter or format would turn it away again, or nothing is left', () => {
    for (const code of ['filtered', 'not_carried', 'erased', 'test_event', 'deleted']) {
      expect(sendingOf(standing('unwanted', ['type_not_listed', code as Code])), code).toBe(
        'nothing',
      );
    }
    expect(sendingOf(standing('fanning_out'))).toBe('nothing');
    expect(sendingOf(standing('dead', [], { webhookStatus: 'deleted' }))).toBe('nothing');
  });

  it('is to retry a delivery, and to resume a paused webhook first', () => {
    expect(sendingOf(standing('dead'))).toBe('retry');
    expect(sendingOf(standing('delivered'))).toBe('retry');
    expect(sendingOf(standing('held', ['paused'], { webhookStatus: 'paused' }))).toBe('resume');
    expect(sendingOf(standing('unwanted', ['out_of_scope'], { webhookStatus: 'paused' }))).toBe(
      'resume',
    );
  });
});
