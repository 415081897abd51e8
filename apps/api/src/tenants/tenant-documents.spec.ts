import { describe, expect, it } from 'vitest';
import { validated } from '../http/valid.js';
import { ChangeTenant } from './tenant-documents.js';

describe('the IRI of a tenant', () => {
  it.each([
    'https://lms.example.com',
    'http://localhost:8080/lms/',
    'https://schule.example/übung',
  ])('may be %s', (iri) => expect(validated(ChangeTenant, { iri }).iri).toBe(iri));

  it.each([
    'lms.example.com',
    'ftp://lms.example.com',
    'https://user:password@lms.example.com',
    'https://lms.example.com/?tenant=7',
    'https://lms.example.com/#start',
  ])('is not %s', (iri) => {
    expect(() => validated(ChangeTenant, { iri })).toThrow('iri: must be an http or https IRI');
  });
});
