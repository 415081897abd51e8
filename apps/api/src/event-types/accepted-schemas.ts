import type { CurrentSchema, CurrentSchemas } from '@schoolbell/persistence';

/** A change or deletion made elsewhere holds here after this time at the latest. */
const BELIEVED_MS = 1_000;

/** Characters of schemas that are remembered; beyond it, start anew. */
const MAX_CHARACTERS = 33_554_432;

export interface TypeOfTenant {
  tenantId: string;
  type: string;
}

interface Believed {
  current: CurrentSchema;
  /** When it was asked for, not when the answer came. */
  askedAt: number;
}

/**
 * The schemas by which posted events are checked. One that was read within the last second is believed; a type that
 * is not known is asked for every time, so that it can be posted as soon as it is registered, wherever that was.
 */
export class AcceptedSchemas {
  readonly #believed = new Map<string, Believed>();
  readonly #asked = new Map<string, Promise<CurrentSchema | undefined>>();
  #characters = 0;

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    private readonly schemas: Pick<CurrentSchemas, 'read'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** In the order of the types; `undefined` for one that the tenant does not have. */
  async of(types: readonly TypeOfTenant[]): Promise<(CurrentSchema | undefined)[]> {
    const keys = types.map(keyOf);
    const missing = new Map(
      types.flatMap((type, index) => (this.#isKnown(keys[index]!) ? [] : [[keys[index]!, type]])),
    );
    if (missing.size > 0) this.#ask(missing);
    return Promise.all(keys.map((key) => this.#asked.get(key) ?? this.#fresh(key)));
  }

  /** After a change made here. @param tenantId null: of the platform, so of every tenant */
  forget(tenantId: string | null, type: string): void {
    if (tenantId === null) return this.#forgetAll();
    const key = keyOf({ tenantId, type });
    this.#drop(key);
    this.#asked.delete(key);
  }

  #isKnown(key: string): boolean {
    return this.#asked.has(key) || this.#fresh(key) !== undefined;
  }

  #fresh(key: string): CurrentSchema | undefined {
    const believed = this.#believed.get(key);
    if (!believed || this.now() - believed.askedAt >= BELIEVED_MS) return undefined;
    return believed.current;
  }

  /** In one statement; whoever asks meanwhile waits for the same answer. */
  #ask(missing: ReadonlyMap<string, TypeOfTenant>): void {
    const askedAt = this.now();
    const questions = [...missing].map(([key, type]) => ({
      ...type,
      known: this.#believed.get(key)?.current,
    }));
    const answers = this.schemas.read(questions);
    for (const [index, key] of [...missing.keys()].entries()) {
      const answer = answers.then((found) => found[index]);
      this.#asked.set(key, answer);
      const settle = (current?: CurrentSchema): void => {
        // Forgotten meanwhile, it may be what was there before the change.
        if (this.#asked.get(key) !== answer) return;
        this.#asked.delete(key);
        this.#believe(key, current, askedAt);
      };
      // oxlint-disable-next-line promise/catch-or-return -- whoever asked gets the error
      answer.then(settle, () => settle());
    }
  }

  #believe(key: string, current: CurrentSchema | undefined, askedAt: number): void {
    this.#drop(key);
    if (!current) return;
    this.#characters += current.schema.length;
    if (this.#characters > MAX_CHARACTERS) this.#startAnew(current);
    this.#believed.set(key, { current, askedAt });
  }

  #drop(key: string): void {
    this.#characters -= this.#believed.get(key)?.current.schema.length ?? 0;
    this.#believed.delete(key);
  }

  #startAnew({ schema }: CurrentSchema): void {
    this.#believed.clear();
    this.#characters = schema.length;
  }

  #forgetAll(): void {
    this.#believed.clear();
    this.#asked.clear();
    this.#characters = 0;
  }
}

function keyOf({ tenantId, type }: TypeOfTenant): string {
  return `${tenantId} ${type}`;
}
