/**
 * How the message of an attempt begins whose webhook's template gave no body. What follows may quote values of the
 * event, so the attempt alone tells it: a pause, an operational event and an e-mail tell no more than this.
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

/** The error of an attempt for whoever does not see what events hold: no other message than of a template quotes it. */
export function withoutQuotes(message: string): string {
  return WITHOUT_WHY.exec(message)?.[0] ?? message;
}
