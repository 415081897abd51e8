/**
 * Is told of tenants whose deliveries changed, for those who watch them. Only a hint: none of these methods throws,
 * waits or asks Postgres, and a change that nobody tells is found a few seconds later. Implemented by
 * `libs/persistence`.
 */
export interface DeliveryChanges {
  /** Attempts of the tenant were recorded. @param since the earliest time in their ids. Unix milliseconds */
  attempted(tenantId: string, since: number): void;
  /** The tenant has new deliveries. */
  created(tenantId: string): void;
  /** Something else of the tenant changed: deliveries without an attempt, a webhook, an operation. */
  touched(tenantId: string): void;
}
