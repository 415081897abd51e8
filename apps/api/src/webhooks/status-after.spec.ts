import type { PauseReason } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { statusAfter } from './status-after.js';

const url = 'https://receiver.example/';
const plain = { url, format: 'allureconnect', formatSettings: {} };
const asking = { url, format: 'cloudevents', formatSettings: { cloudevents: { handshake: true } } };
const moved = { ...asking, url: 'https://elsewhere.example/' };

const active = { status: 'active', pauseReason: null } as const;
const paused = (pauseReason: PauseReason) => ({ status: 'paused', pauseReason }) as const;

describe('the receiver is asked for its consent', () => {
  it.each([
    ['when a handshake is switched on', { ...plain, ...active }, asking, undefined],
    ['at another URL', { ...asking, ...active }, moved, undefined],
    ['at another URL after it refused', { ...asking, ...paused('handshake') }, moved, undefined],
    ['when the webhook is resumed', { ...asking, ...paused('manual') }, asking, 'active'],
    ['when it is resumed after a refusal', { ...asking, ...paused('handshake') }, asking, 'active'],
    ['when it is resumed along with the switch', { ...plain, ...paused('gone') }, asking, 'active'],
  ] as const)('%s', (_when, old, settings, asked) => {
    expect(statusAfter(old, settings, asked)).toBe('awaiting_consent');
  });
});

describe('nobody is asked', () => {
  it.each([
    ['without a handshake', { ...plain, ...active }, { ...plain, url: moved.url }, undefined],
    ['when something else changes', { ...asking, ...active }, asking, undefined],
    ['again when something else changes', { ...asking, ...paused('handshake') }, asking, undefined],
    ['when an active webhook is to be active', { ...asking, ...active }, asking, 'active'],
    ['while the webhook is paused by hand', { ...asking, ...paused('manual') }, moved, undefined],
  ] as const)('%s', (_when, old, settings, asked) => {
    expect(statusAfter(old, settings, asked)).toBeUndefined();
  });
});

describe('a handshake that is switched off', () => {
  it('makes a webhook active that waited for consent', () => {
    expect(statusAfter({ ...asking, ...paused('handshake') }, plain, undefined)).toBe('active');
  });

  it('leaves an active one active, without what its receiver had consented to', () => {
    expect(statusAfter({ ...asking, ...active }, plain, undefined)).toBe('active');
  });

  it('leaves one paused that was paused for another reason', () => {
    expect(statusAfter({ ...asking, ...paused('gone') }, plain, undefined)).toBeUndefined();
  });
});

describe('a webhook that is paused by a change', () => {
  it('waits for consent no more', () => {
    expect(statusAfter({ ...asking, ...paused('handshake') }, moved, 'paused')).toBe('paused');
  });

  it('keeps the reason for which it was paused before', () => {
    expect(statusAfter({ ...plain, ...paused('gone') }, plain, 'paused')).toBeUndefined();
  });
});
