import { Tally } from '@schoolbell/metrics';

/**
 * What became of wakes, counted by webhook. `signalled`: dispatchers that listen were told; `queued`: a job was made,
 * since none listens; `planned`: a job for later; `dropped`: the queue's server is away, or too many wait: the sweep
 * finds the work.
 */
export type WakeResult = 'signalled' | 'queued' | 'planned' | 'dropped';

const WORDS: Record<WakeResult, readonly [WakeResult]> = {
  signalled: ['signalled'],
  queued: ['queued'],
  planned: ['planned'],
  dropped: ['dropped'],
};

/** Counts what becomes of the wakes that a process sends. */
export class WakeResults extends Tally {
  constructor() {
    super(['result'], Object.values(WORDS));
  }

  note(result: WakeResult, webhooks: number): void {
    this.add(WORDS[result], webhooks);
  }
}
