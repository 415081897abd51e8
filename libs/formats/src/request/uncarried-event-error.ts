/** The webhook's format was changed to one that has no place for an event, which is tried or sent again. */
export class UncarriedEventError extends Error {
  readonly code = 'uncarried_event';

  constructor(format: string, eventType: string) {
    super(
      `The format ${format} cannot carry ${eventType}. Give the webhook a format that can, and retry the delivery.`,
    );
    this.name = 'UncarriedEventError';
  }
}
