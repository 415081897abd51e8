/**
 * The beginning of an attempt's message when the webhook's template gave no body. What follows may quote values of
 * the event, so only the attempt shows it: a pause, an operational event and an e-mail show no more than this.
 */
export const TEMPLATE_FAILED = "The webhook's template gave no body";

const WITHOUT_WHY = new RegExp(String.raw`^${TEMPLATE_FAILED}( \([^)]*\))?\.`);

/**
 * What is said of an attempt whose template failed.
 *
 * @param at the kind of failure, and where in the template
 * @param why may quote values of the event
 */
export function templateFailure(at: string, why: string): string {
  return `${TEMPLATE_FAILED} (${at}). ${why}`;
}

/** The error of an attempt, for users who may not see the data of events: only messages of templates quote it. */
export function withoutQuotes(message: string): string {
  return WITHOUT_WHY.exec(message)?.[0] ?? message;
}
