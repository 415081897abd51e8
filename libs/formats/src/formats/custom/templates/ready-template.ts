/** A template that customers can take as it is, or as the beginning of their own. */
export interface ReadyTemplate {
  /** Stable: what the API calls it. */
  readonly name: string;
  readonly title: string;
  /** What it makes and what the webhook's `metadata` has to hold for it. */
  readonly description: string;
  /** The types that it has something to say about; `*` is every type, also those of one's own. */
  readonly eventTypes: readonly string[];
  /** JSONata over `{id, type, occurredAt, tenantId, data, webhook, delivery}`. */
  readonly expression: string;
}
