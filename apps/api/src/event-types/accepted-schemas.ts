import type { CurrentSchema, CurrentSchemas } from '@schoolbell/persistence';
import { LRUCache } from 'lru-cache';

/** A change or deletion made by another process takes effect after this time at the latest. */
const BELIEVED_MS = 1_000;

/** Characters of schemas that are kept in memory. */
const MAX_CHARACTERS = 33_554_432;

/** Types per statement. */
const MOST_AT_ONCE = 500;

interface TypeOfTenant {
  tenantId: string;
  type: string;
}

interface Believed {
  current: CurrentSchema;
  /** When it was asked for, not when the answer arrived. */
  askedAt: number;
}

/** A look-up that somebody waits for. */
interface Asked extends PromiseWithResolvers<CurrentSchema | undefined> {
  key: string;
  type: TypeOfTenant;
}

/**
 * The schemas by which posted events are checked. A schema is kept for a second; an unknown type is looked up every
 * time, so that it can be posted as soon as any process has registered it. One statement runs at a time: inventing
 * names delays nothing more than that.
 */
export class AcceptedSchemas {
  private readonly believed = new LRUCache<string, Believed>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ current }) => current.schema.length,
  });
  private readonly asked = new Map<string, Asked>();
  private queue: Asked[] = [];
  private reading = false;

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    private readonly schemas: Pick<CurrentSchemas, 'read'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** In the order of the types; `undefined` for a type that the tenant does not have. */
  async of(types: readonly TypeOfTenant[]): Promise<(CurrentSchema | undefined)[]> {
    const answers = types.map((type) => this.answer(type));
    if (!this.reading) void this.readQueue();
    return Promise.all(answers);
  }

  /** Call it after a change by this process. @param tenantId null: a type of the platform, so of every tenant */
  forget(tenantId: string | null, type: string): void {
    if (tenantId === null) return this.forgetAll();
    const key = keyOf({ tenantId, type });
    this.believed.delete(key);
    this.asked.delete(key);
  }

  private answer(type: TypeOfTenant): CurrentSchema | Promise<CurrentSchema | undefined> {
    const key = keyOf(type);
    const believed = this.believed.get(key);
    if (believed && this.now() - believed.askedAt < BELIEVED_MS) return believed.current;
    // Calls meanwhile wait for the same answer.
    return (this.asked.get(key) ?? this.ask(key, type)).promise;
  }

  private ask(key: string, type: TypeOfTenant): Asked {
    const asked = { key, type, ...Promise.withResolvers<CurrentSchema | undefined>() };
    this.asked.set(key, asked);
    this.queue.push(asked);
    return asked;
  }

  private async readQueue(): Promise<void> {
    this.reading = true;
    while (this.queue.length > 0) await this.read(this.queue.splice(0, MOST_AT_ONCE));
    this.reading = false;
  }

  /** Never rejects: the callers get the error. */
  private async read(questions: readonly Asked[]): Promise<void> {
    const askedAt = this.now();
    try {
      const found = await this.schemas.read(
        questions.map(({ key, type }) => ({ ...type, known: this.believed.get(key)?.current })),
      );
      for (const [index, asked] of questions.entries()) {
        if (this.answered(asked)) this.believe(asked.key, found[index], askedAt);
        asked.resolve(found[index]);
      }
    } catch (error) {
      for (const asked of questions) {
        this.answered(asked);
        asked.reject(error);
      }
    }
  }

  /** False if it was forgotten meanwhile: the answer may be older than the change. */
  private answered(asked: Asked): boolean {
    return this.asked.get(asked.key) === asked && this.asked.delete(asked.key);
  }

  private believe(key: string, current: CurrentSchema | undefined, askedAt: number): void {
    if (current) this.believed.set(key, { current, askedAt });
    else this.believed.delete(key);
  }

  private forgetAll(): void {
    this.believed.clear();
    this.asked.clear();
  }
}

function keyOf({ tenantId, type }: TypeOfTenant): string {
  return `${tenantId} ${type}`;
}
