import { expect, it } from 'vitest';
import { labelEvery, slotAt, slotByKey } from './slot-at.ts';

it('a chart finds the hour under the pointer, also at the very edges', () => {
  expect(slotAt(0, 240, 24)).toBe(0);
  expect(slotAt(125, 240, 24)).toBe(12);
  expect(slotAt(240, 240, 24)).toBe(23);
  expect(slotAt(-3, 240, 24)).toBe(0);
});

it('a chart goes by the arrow keys, begins at the newest hour, and stops at both ends', () => {
  expect(slotByKey('ArrowLeft', undefined, 24)).toBe(23);
  expect(slotByKey('ArrowLeft', 23, 24)).toBe(22);
  expect(slotByKey('ArrowRight', 23, 24)).toBe(23);
  expect(slotByKey('ArrowLeft', 0, 24)).toBe(0);
  expect(slotByKey('Home', 12, 24)).toBe(0);
  expect(slotByKey('Tab', 12, 24)).toBeUndefined();
});

it('a chart labels as many slots as have room', () => {
  expect(labelEvery(1_000, 24, 40)).toBe(1);
  expect(labelEvery(300, 24, 40)).toBe(4);
});
