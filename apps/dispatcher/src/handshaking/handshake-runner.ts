import { toTypeId } from '@schoolbell/ids';
import {
  type ClaimedHandshake,
  type HandshakeStore,
  type HandshakeVerdict,
  type Sender,
  type Wakes,
} from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import type { Outage } from '../outages/outage.js';
import type { Chore } from '../routines/routine.js';
import { askReceiver } from './ask-receiver.js';

/** Receivers that one dispatcher asks at the same time: some of them hang until their timeout. */
const MOST_UNDER_WAY = 50;
/** With this many of one tenant under way, its others wait: they may all hang, and other tenants need their turn. */
const MOST_OF_TENANT = 10;

interface HandshakeRunnerParts {
  store: HandshakeStore;
  sender: Pick<Sender, 'send'>;
  wakes: Pick<Wakes, 'wake'>;
  outage: Outage;
  logger: Logger;
}

interface HandshakeRunnerOptions {
  /** The origin by which Schoolbell introduces itself to receivers. */
  origin: string;
  /** How often to look for handshakes that are due. Milliseconds. */
  intervalMs: number;
}

/**
 * Asks receivers for their consent: claim → ask → record → wake. If a dispatcher dies meanwhile, another asks
 * again when the lease has ended.
 */
export class HandshakeRunner implements Chore {
  private readonly underWay = new Set<ClaimedHandshake>();

  constructor(
    private readonly parts: HandshakeRunnerParts,
    private readonly options: HandshakeRunnerOptions,
  ) {}

  async round(): Promise<number> {
    const { store, outage } = this.parts;
    try {
      const limit = MOST_UNDER_WAY - this.underWay.size;
      const wanted = { limit, perTenant: MOST_OF_TENANT, exceptOf: this.busyTenants() };
      const claimed = limit > 0 ? await store.claim(wanted) : [];
      outage.worked();
      for (const handshake of claimed) void this.shakeHands(handshake);
      return this.options.intervalMs;
    } catch (error) {
      return outage.failed(error);
    }
  }

  private busyTenants(): string[] {
    const ofTenants = Map.groupBy(this.underWay, ({ tenantId }) => tenantId);
    return [...ofTenants].flatMap(([id, { length }]) => (length < MOST_OF_TENANT ? [] : [id]));
  }

  /** Never rejects: what could not be done now is found again when its lease has ended. */
  private async shakeHands(handshake: ClaimedHandshake): Promise<void> {
    const { store, sender, wakes, outage } = this.parts;
    this.underWay.add(handshake);
    try {
      const verdict = await askReceiver(sender, handshake, this.options.origin);
      if (!(await store.record(handshake, verdict))) return;
      this.log(handshake, verdict);
      if (verdict.kind === 'consented') wakes.wake([handshake.webhookId]);
    } catch (error) {
      outage.failed(error);
    } finally {
      this.underWay.delete(handshake);
    }
  }

  private log({ webhookId, attempt }: ClaimedHandshake, verdict: HandshakeVerdict): void {
    const line = { webhookId: toTypeId('webhook', webhookId), attempt, ...verdict };
    this.parts.logger.info(line, 'handshake.ended');
  }
}
