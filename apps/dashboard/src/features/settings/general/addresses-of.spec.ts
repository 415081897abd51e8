import { expect, it } from 'vitest';
import { addressesOf } from './addresses-of.ts';

it('the settings takes e-mail addresses as people paste them, each once', () => {
  expect(addressesOf(' a@x.example\nb@x.example, c@x.example;a@x.example \n')).toEqual([
    'a@x.example',
    'b@x.example',
    'c@x.example',
  ]);
  expect(addressesOf(' \n')).toEqual([]);
});
