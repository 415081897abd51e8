/** The queue that deliveries go by. */
export const WAKES_QUEUE = 'wakes';

/** A job says who has work and nothing else: it may be lost or come twice. */
export interface WakeJob {
  webhookIds: string[];
}

/** Jobs leave no trace: what happened is in Postgres. */
export const LEAVE_NO_TRACE = { removeOnComplete: true, removeOnFail: true } as const;
