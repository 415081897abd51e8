/** The queue of wakes for deliveries. */
export const WAKES_QUEUE = 'wakes';

/** A job only says who has work, so it may be lost or come twice. */
export interface WakeJob {
  webhookIds: string[];
}

/** Jobs leave no trace: what happened is in Postgres. */
export const LEAVE_NO_TRACE = { removeOnComplete: true, removeOnFail: true } as const;
