import type { CurrentSchema, SchemaQuestion } from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { AcceptedSchemas } from './accepted-schemas.js';

const TYPE = { tenantId: 'ten_1', type: 'order.placed' };
const V1: CurrentSchema = { id: 'one', version: 1, schema: '{}' };
const V2: CurrentSchema = { id: 'one', version: 2, schema: '{"type":"object"}' };

/** A table with one type, which counts how often it is asked and can answer late. */
class OneType {
  current: CurrentSchema | undefined = V1;
  statements = 0;
  questions: SchemaQuestion[] = [];
  gate: Promise<void> = Promise.resolve();

  async read(questions: readonly SchemaQuestion[]): Promise<(CurrentSchema | undefined)[]> {
    this.statements += 1;
    this.questions.push(...questions);
    const { current } = this;
    await this.gate;
    return questions.map(() => current);
  }
}

function setUp() {
  const table = new OneType();
  const clock = { now: 0 };
  const schemas = new AcceptedSchemas(table, () => clock.now);
  return { table, clock, schemas, find: async () => (await schemas.of([TYPE]))[0] };
}

describe('the schema of a type', () => {
  it('is asked for once a second at most, however many events come', async () => {
    const { table, clock, find } = setUp();
    expect(await Promise.all([find(), find()])).toEqual([V1, V1]);
    clock.now = 999;
    expect(await find()).toBe(V1);
    expect(table.questions).toHaveLength(1);
    clock.now = 1_000;
    table.current = V2;
    expect(await find()).toBe(V2);
    expect(table.questions.map(({ known }) => known)).toEqual([undefined, V1]);
  });

  it('that was deleted elsewhere is gone within a second', async () => {
    const { table, clock, find } = setUp();
    await find();
    table.current = undefined;
    clock.now = 1_000;
    expect(await find()).toBeUndefined();
  });

  it('that is not there is asked for again at once', async () => {
    const { table, find } = setUp();
    table.current = undefined;
    expect(await find()).toBeUndefined();
    table.current = V1;
    expect(await find()).toBe(V1);
  });

  it.each(['ten_1', null])('that was changed here (by %s) holds at once', async (tenantId) => {
    const { table, schemas, find } = setUp();
    await find();
    table.current = V2;
    schemas.forget(tenantId, TYPE.type);
    expect(await find()).toBe(V2);
  });

  it('that was changed while it was asked for is asked for again', async () => {
    const { table, schemas, find } = setUp();
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    table.gate = promise;
    const before = find();
    table.current = V2;
    schemas.forget(TYPE.tenantId, TYPE.type);
    const after = find();
    answer();
    expect([await before, await after, await find()]).toEqual([V1, V2, V2]);
  });

  it('is asked for in one statement at a time, together with all that wait', async () => {
    const { table, schemas } = setUp();
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    table.gate = promise;
    const names = ['a.a', 'a.b', 'a.c'];
    const all = names.map((type) => schemas.of([{ tenantId: 'ten_1', type }]));
    expect(table.statements).toBe(1);
    answer();
    expect(await Promise.all(all)).toEqual([[V1], [V1], [V1]]);
    expect([table.statements, table.questions.length]).toEqual([2, 3]);
  });

  it('that could not be read is asked for again, by those who come later', async () => {
    const { table, find } = setUp();
    table.gate = Promise.reject(new Error('away'));
    await expect(find()).rejects.toThrow('away');
    table.gate = Promise.resolve();
    expect(await find()).toBe(V1);
  });
});
