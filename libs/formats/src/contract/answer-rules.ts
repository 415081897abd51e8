/**
 * What an answer means. `as_any`: what it means from any receiver. `dead`: no attempt can succeed. `split`: one
 * member of the batch is at fault; send its halves apart. `compare`: it may be there already; ask.
 */
export type AnswerReading = 'as_any' | 'delivered' | 'dead' | 'split' | 'compare';

/** What was found after `compare`; `failed`: the attempt failed as any. */
export type Comparison = 'delivered' | 'failed' | 'dead';

/** One GET to the receiver, with the attempt's own headers but without `Content-Type`. */
export interface Question {
  url: string;
  /** What its answer says of what was sent. */
  read(answer: { status: number; body: string }): Comparison;
}

/** For formats whose receivers say more by a status than whether they took a request. */
export interface AnswerRules {
  /** @param memberCount events in the request: 1 unless it is a batch */
  read(status: number, memberCount: number): AnswerReading;
  /** What to ask after `compare`. The delivery is what the worst of the answers says. */
  questions(request: { url: string; body: string }): readonly Question[];
}
