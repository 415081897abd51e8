/** A webhook or user of which something cannot be read: damaged, or its key is missing. */
export interface UnreadableSecrets {
  /** TypeID. */
  ownerId: string;
  reason: string;
}
