import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import type { ApiError } from '../http/api-error.js';
import { validated } from '../http/valid.js';
import { SomeOf, Texts, Wholes } from './list.js';
import { OneOf } from './one-of.js';
import { MayBeLeftOut, MayBeNull } from './optional.js';
import { Text, TextCheckedLater } from './text.js';
import { Whole, WholeInQuery } from './whole.js';

class Course {
  @Text({ minLength: 2, maxLength: 4 })
  title!: string;

  @MayBeNull()
  @Whole({ minimum: 1, maximum: 9 })
  level?: number | null;

  @MayBeLeftOut()
  @OneOf(['draft', 'live'])
  status?: string;

  @MayBeLeftOut()
  @Texts({ items: { maxLength: 3 }, maxItems: 2, uniqueItems: true })
  tags?: string[];

  @MayBeLeftOut()
  @Wholes({ items: { minimum: 0, maximum: 5 }, minItems: 1 })
  scores?: number[];

  @MayBeLeftOut()
  @SomeOf(['en', 'de'], { minItems: 1 })
  languages?: string[];

  @MayBeLeftOut()
  @TextCheckedLater({ maxLength: 2 })
  formula?: string;

  @MayBeLeftOut()
  @WholeInQuery({ minimum: 1, maximum: 9 })
  page?: number;
}

function messageOf(body: object): string | undefined {
  try {
    validated(Course, { title: 'SQL', ...body });
    return undefined;
  } catch (error) {
    return (error as ApiError).errors![0]!.message;
  }
}

const shown = (field: string): object =>
  Reflect.getMetadata('swagger/apiModelProperties', Course.prototype, field);

describe('a field of a request', () => {
  it.each([
    [{ title: 'S' }, 'must be longer than or equal to 2 characters'],
    [{ title: 'Pottery' }, 'must be shorter than or equal to 4 characters'],
    [{ level: 0 }, 'must not be less than 1'],
    [{ level: 10 }, 'must not be greater than 9'],
    [{ status: 'gone' }, 'must be one of: draft, live'],
    [{ status: null }, 'must be one of: draft, live'],
    [{ tags: ['a', 'a'] }, "All tags's elements must be unique"],
    [{ tags: ['a', 'b', 'c'] }, 'must contain no more than 2 elements'],
    [{ scores: [] }, 'must contain at least 1 elements'],
    [{ scores: [6] }, 'each value in scores must not be greater than 5'],
    [{ languages: ['fr'] }, 'must be one or more of: en, de'],
  ])('is refused beyond what OpenAPI shows of it: %j', (body, message) => {
    expect(messageOf(body)).toBe(message);
  });

  it.each([
    { level: null },
    { level: undefined },
    { formula: 'of any length: a later rule says what is wrong' },
    { page: '3' },
  ])('is accepted: %j', (body) => {
    expect(messageOf(body)).toBeUndefined();
  });

  it('is shown by OpenAPI with the limits that are checked', () => {
    expect(shown('title')).toMatchObject({ type: 'string', minLength: 2, maxLength: 4 });
    expect(shown('title')).not.toMatchObject({ required: false });
    expect(shown('level')).toMatchObject({ minimum: 1, nullable: true, required: false });
    expect(shown('tags')).toMatchObject({ items: { type: 'string', maxLength: 3 }, maxItems: 2 });
    expect(shown('tags')).not.toMatchObject({ nullable: true });
  });
});
