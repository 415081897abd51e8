/**
 * In which order a webhook gets its deliveries: `none`, as they come; `session`, those of one session one after the
 * other, in the order in which their events were accepted, each once the previous one is over.
 */
export const WEBHOOK_ORDERINGS = ['none', 'session'] as const;
export type WebhookOrdering = (typeof WEBHOOK_ORDERINGS)[number];
