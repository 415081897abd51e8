const WITHOUT_WHY = /^The webhook's template gave no body( \([^)]*\))?\./;

/**
 * What is said of an attempt whose template failed.
 *
 * @param at the kind of failure, and where in the template
 * @param why may quote values of the event
 */
export function templateFailure(at: string, why: string): string {
  return `The webhook's template gave no body (${at}). ${why}`;
}

/** The error of an attempt for whoever does not see what events hold: no other message than of a template quotes it. */
export function withoutQuotes(message: string): string {
  return WITHOUT_WHY.exec(message)?.[0] ?? message;
}
