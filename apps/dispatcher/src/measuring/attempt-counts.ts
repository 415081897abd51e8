import type { AttemptRecord, Claim, RecordReport, TurnedAway } from '@schoolbell/delivery';
import { Distribution, Tally } from '@schoolbell/metrics';

/** What a pipeline sends. */
export type PipelineName = 'deliveries' | 'batches' | 'fallbacks';

/** From 5 ms to half an hour: on a quiet day, and after an outage. */
const FIRST_BYTE_SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800,
];
const STATUS_CLASSES = ['none', '1xx', '2xx', '3xx', '4xx', '5xx'];
const PAUSES = [['consecutive_failures'], ['gone']];

/** What comes of attempts, over all webhooks of all tenants: never whose they are. */
export class AttemptCounts {
  readonly attempts = new Tally(['pipeline', 'outcome', 'status', 'error', 'ours']);
  readonly firstByte = new Distribution(FIRST_BYTE_SECONDS);
  readonly deadLetters = new Tally(['reason']);
  readonly discarded = new Tally(['reason']);
  readonly paused = new Tally(['reason'], PAUSES);
  readonly takenOver = new Tally();
  readonly leasesLost = new Tally();

  claimed(pipeline: PipelineName, { deliveries, buried = {} }: Claim): void {
    let cutOff = buried.interrupted ?? 0;
    for (const { takenOver } of deliveries) if (takenOver) cutOff++;
    if (cutOff > 0) {
      this.takenOver.add([], cutOff);
      this.interrupted(pipeline, cutOff);
    }
    for (const [reason, count] of Object.entries(buried)) this.deadLetters.add([reason], count);
  }

  /** Attempts were written, but for those that others have or that have to wait. */
  recorded(pipeline: PipelineName, attempts: readonly AttemptRecord[], report: RecordReport): void {
    const left = new Set([...report.lost, ...report.setAside]);
    for (const attempt of attempts) {
      if (left.size === 0 || !left.has(attempt.claimed.id)) this.attempted(pipeline, attempt);
    }
    if (report.lost.length > 0) this.leasesLost.add([], report.lost.length);
    for (const { reason } of report.paused) this.paused.add([reason]);
  }

  /** Attempts were cut off under way: by the end of their dispatcher, or by its stop. */
  interrupted(pipeline: PipelineName, count: number): void {
    this.attempts.add([pipeline, 'interrupted', 'none', 'interrupted', 'true'], count);
  }

  turnedAway(turnedAway: readonly TurnedAway[]): void {
    for (const { reason } of turnedAway) this.discarded.add([reason]);
  }

  private attempted(pipeline: PipelineName, attempt: AttemptRecord): void {
    const { claimed, verdict, response, error } = attempt;
    const outcome = verdict.kind === 'delivered' ? 'delivered' : 'failed';
    const status = STATUS_CLASSES[Math.floor((response?.status ?? 0) / 100)] ?? 'none';
    const ours = error?.ours ? 'true' : 'false';
    this.attempts.add([pipeline, outcome, status, error?.code ?? 'none', ours]);
    if (claimed.test) return;
    if (pipeline === 'deliveries' && claimed.attemptNumber === 1 && response) {
      this.firstByte.observe(secondsToFirstByte(attempt));
    }
    if (verdict.kind === 'dead' && pipeline !== 'fallbacks') {
      const reason = verdict.webhookGone ? 'gone' : verdict.error.code;
      this.deadLetters.add([reason], claimed.members?.length ?? 1);
    }
  }
}

/** From the acceptance of the event to the moment at which its receiver had a connection, and so the first byte. */
function secondsToFirstByte({ claimed, at, timings }: AttemptRecord): number {
  const { dnsMs, connectMs, tlsMs } = timings;
  const connectedMs = (dnsMs ?? 0) + (connectMs ?? 0) + (tlsMs ?? 0);
  return Math.max(0, at.getTime() - claimed.event.acceptedAt.getTime() + connectedMs) / 1000;
}
