import { SESSION_IDLE_SECONDS } from '@schoolbell/identity';
import { Prisma } from '../../generated/client.js';

/** Of `user_sessions s`: it has not ended, nor lasted too long, nor been idle for too long. */
export const IS_LIVE = Prisma.sql`
  s.ended_at IS NULL AND s.expires_at > now()
  AND s.last_used_at > now() - ${SESSION_IDLE_SECONDS} * interval '1 second'`;
