/**
 * Why a delivery was discarded by Schoolbell itself. `filtered`: its webhook's filter turned the event away;
 * `not_carried`: the webhook's format has no place for this type of event, as after a change of the format, or for
 * what the event says, such as progress without a measure; `erased`: its learner wished to be forgotten.
 */
export const DISCARD_REASONS = ['filtered', 'not_carried', 'erased'] as const;
export type DiscardReason = (typeof DISCARD_REASONS)[number];
