/** An event that follows from a commit, before it is anybody's: the runtime data of its `data`. */
export interface SessionFact {
  type: 'session.progress' | 'session.scored' | 'session.completed';
  /** Fields of the catalogue, as numbers and ISO 8601 durations; `scoId` where the state has one. */
  data: Record<string, unknown>;
}
