import type { IncomingEvent } from '@schoolbell/delivery';

/** What is expected of an event whose like was not seen lately: so few of them go into a flush. */
export const UNKNOWN_WIDTH = 40;

/** Kinds of events remembered twice over: those seen lately, and those before. */
const GENERATION_SIZE = 10_000;

type Kind = Pick<IncomingEvent, 'tenantId' | 'type'>;

/**
 * To how many webhooks events of a tenant and type went lately, so that a flush can be cut to what it may make
 * before Postgres is asked.
 */
export class FanOutWidths {
  #young = new Map<string, number>();
  #old = new Map<string, number>();

  /** How many deliveries an event will probably make. */
  expected(event: Kind): number {
    return this.known(event) ?? UNKNOWN_WIDTH;
  }

  /** The same, or `undefined` when nothing is known about events like it. */
  known(event: Kind): number | undefined {
    return this.#widthOf(keyOf(event));
  }

  /**
   * Notes how many deliveries an event made, or that it makes at least so many. More is believed at once, less
   * by half each time: scopes make events of one type go to many webhooks and to few, in turns.
   */
  note(event: Kind, deliveries: number): void {
    const key = keyOf(event);
    const before = this.#widthOf(key);
    const width = Math.max(deliveries, (before ?? 0) >> 1);
    if (width !== before || !this.#young.has(key)) this.#remember(key, width);
  }

  #widthOf(key: string): number | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  #remember(key: string, width: number): void {
    if (this.#young.size >= GENERATION_SIZE) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, width);
  }
}

function keyOf({ tenantId, type }: Kind): string {
  return tenantId + type;
}
