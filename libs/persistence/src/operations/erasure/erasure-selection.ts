import type { WaitingChoice } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import { Prisma } from '../../generated/client.js';

/** Whom an erasure is about, as it is stored while it runs. */
export interface ErasureSelection {
  learnerId: string;
  waiting: WaitingChoice;
  /** The tenant's newest event when the erasure began: whatever is accepted later is new, and stays. */
  upTo: string;
  /** Who asked for it, for the audit log. */
  author: Author;
}

/** The learner of one tenant, as the steps of an erasure look for them. */
export interface Learner extends Pick<ErasureSelection, 'learnerId' | 'upTo'> {
  tenantId: string;
}

/** What is kept of the selection of an operation that has ended: of an erasure, a SHA-256 in place of the learner's id. */
export const ENDED_SELECTION = Prisma.sql`
  CASE WHEN kind = 'erasure' THEN jsonb_build_object('waiting', selection->'waiting',
    'learnerSha256', encode(sha256(convert_to(selection->>'learnerId', 'UTF8')), 'hex'))
  ELSE selection END`;
