/** Which part of a list to read, newest first. */
export interface PageRequest {
  /** Rows older than this id; the newest ones when absent. UUIDv7. */
  before?: string | undefined;
  /** How many at most. Callers that want to know whether there are more ask for one more than they show. */
  limit: number;
}

/** A part of a list, newest first. */
export interface ListPart<Row> {
  rows: Row[];
  /** The id down to which rows were looked at, when that was not all: the next part begins below it. */
  lookedTo?: string | undefined;
}
