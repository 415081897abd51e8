import type { DeliveryStore, OperationStep, WakeListener } from '@schoolbell/delivery';
import type { MailStore } from '@schoolbell/notices';
import { Tally } from '@schoolbell/metrics';
import { AttemptCounts, type PipelineName } from './attempt-counts.js';
import type { AttemptSpans } from './attempt-spans.js';
import { MeasuredStore } from './measured-store.js';
import { PipelineMeasures } from './pipeline-measures.js';

const PIPELINES = ['deliveries', 'batches', 'fallbacks'] as const;
const FREE = ['free', 'taken'] as const;
const MAIL_RESULTS = [['sent'], ['rescheduled'], ['failed']];

/** All that one dispatcher counts. */
export class DispatcherCounts {
  readonly attempts = new AttemptCounts();
  readonly pipelines: Readonly<Record<PipelineName, PipelineMeasures>> = {
    deliveries: new PipelineMeasures('deliveries'),
    batches: new PipelineMeasures('batches'),
    fallbacks: new PipelineMeasures('fallbacks'),
  };
  readonly wakesReceived = new Tally(['by'], [['signal'], ['job']]);
  readonly swept = new Tally(
    ['pipeline', 'slot'],
    PIPELINES.flatMap((pipeline) => FREE.map((slot) => [pipeline, slot])),
  );
  readonly operations = new Tally(['kind', 'status']);
  readonly mails = new Tally(['result'], MAIL_RESULTS);

  /** @param spans told of each attempt too, where somebody collects traces */
  constructor(private readonly spans?: AttemptSpans) {}

  /** @returns the same store, which is counted */
  measured(store: DeliveryStore, pipeline: PipelineName): DeliveryStore {
    return new MeasuredStore(store, this.pipelines[pipeline], this.attempts, this.spans);
  }

  /** @returns the same listener, whose wakes are counted by webhook */
  countingWakes(listener: WakeListener, by: 'signal' | 'job'): WakeListener {
    const words = [by];
    return {
      onWake: (webhookIds) => {
        this.wakesReceived.add(words, webhookIds.length);
        return listener.onWake(webhookIds);
      },
    };
  }

  /**
   * A sweep found webhooks with something due.
   *
   * @param couldTake whether there was a slot for it: then nobody had announced it in time
   */
  found(
    pipeline: PipelineName,
    webhookIds: readonly string[],
    couldTake: (webhookId: string) => boolean,
  ): void {
    for (const id of webhookIds) this.swept.add([pipeline, couldTake(id) ? 'free' : 'taken']);
  }

  /** @returns the same queue, whose operations are counted when they end */
  countingOperations<Queue extends { next(): Promise<OperationStep | undefined> }>(queue: Queue) {
    return {
      next: async () => {
        const step = await queue.next();
        if (step && step.status !== 'running') this.operations.add([step.kind, step.status]);
        return step;
      },
    };
  }

  /** @returns the same store, whose e-mails are counted when they are recorded */
  countingMails(store: MailStore): MailStore {
    return {
      due: (limit) => store.due(limit),
      claim: (id, leaseSeconds) => store.claim(id, leaseSeconds),
      record: async (mail, verdict) => {
        await store.record(mail, verdict);
        this.mails.add([verdict.kind]);
      },
    };
  }
}
