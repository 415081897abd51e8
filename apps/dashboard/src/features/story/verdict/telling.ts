/** What the words of a verdict need. */
export interface Telling {
  /** A webhook's name by its id. */
  nameOf: (webhookId: string) => string;
  /** How many webhooks there are; undefined until that is known. */
  webhooks: number | undefined;
  /** A moment, in the viewer's zone. */
  at: (instant: string) => string;
  now: number;
}
