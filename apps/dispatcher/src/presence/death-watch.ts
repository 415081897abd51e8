import type { WakeListener } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import type { DispatcherRegister, OtherRun } from '@schoolbell/persistence';
import type { Outage } from '../outages/outage.js';
import type { Chore } from '../routines/routine.js';
import { hasProcessEnded } from './processes-of-machine.js';

/** How often this run records that it is alive. */
const SEEN_EVERY_MS = 3_600_000;

/** After this many looks, a run that has ended is out of Postgres: its longest statement has ended. */
const MOST_LOOKS = 20;

/** What a dead dispatcher left behind, and how to make it due again. */
interface Estate {
  leases: { endLeasesOf(holder: string): Promise<string[]> };
  heir: WakeListener;
}

/**
 * Takes over from dispatchers that are dead, without waiting for their leases to end. Only a proven death counts: its
 * process is gone from this machine, or this run has its name. Not being connected to Postgres proves nothing: its
 * network may be cut. docs/adr/0018 says why.
 */
export class DeathWatch implements Chore {
  private seenAt: number | undefined;
  private readonly looks = new Map<string, number>();

  constructor(
    private readonly register: Pick<
      DispatcherRegister,
      'enrol' | 'see' | 'others' | 'isConnected' | 'strikeOff'
    >,
    private readonly estates: readonly Estate[],
    private readonly outage: Outage,
    private readonly logger: Logger,
    private readonly options: {
      intervalMs: number;
      hasEnded?: typeof hasProcessEnded;
      now?: () => number;
    },
  ) {}

  async round(): Promise<number> {
    try {
      await this.showUp();
      for (const other of await this.register.others()) {
        if (this.isDead(other)) await this.takeOverFrom(other);
      }
      this.outage.worked();
      return this.options.intervalMs;
    } catch (error) {
      return this.outage.failed(error);
    }
  }

  private async showUp(): Promise<void> {
    const { now = () => performance.now() } = this.options;
    if (this.seenAt === undefined) await this.register.enrol();
    if (this.seenAt !== undefined && now() - this.seenAt < SEEN_EVERY_MS) return;
    await this.register.see();
    this.seenAt = now();
  }

  private isDead({ isPredecessor, onSameMachine, pid, processStarted }: OtherRun): boolean {
    const { hasEnded = hasProcessEnded } = this.options;
    return isPredecessor || (onSameMachine && hasEnded(pid, processStarted!));
  }

  private async takeOverFrom(dead: OtherRun): Promise<void> {
    // What it was writing when it died may still be committed, and be what others would write.
    if (await this.register.isConnected(dead.id)) return this.doubt(dead);
    const webhooks: string[] = [];
    for (const { leases, heir } of this.estates) {
      const found = await leases.endLeasesOf(dead.id);
      if (found.length > 0) void heir.onWake(found);
      webhooks.push(...found);
    }
    if (webhooks.length === 0) return this.register.strikeOff(dead.id);
    this.logger.warn(
      { dispatcher: dead.id, pid: dead.pid, webhooks: webhooks.length },
      'dispatcher.taken_over',
    );
  }

  /** Two runs at the same time have one name: their leases then end by themselves. */
  private doubt({ id, pid }: OtherRun): void {
    const looks = (this.looks.get(id) ?? 0) + 1;
    this.looks.set(id, looks);
    if (looks === MOST_LOOKS)
      this.logger.warn({ dispatcher: id, pid }, 'dispatcher.still_connected');
  }
}
