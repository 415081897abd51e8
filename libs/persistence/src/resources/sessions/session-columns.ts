import { Prisma } from '../../generated/client.js';

/** Of `user_sessions s`, as a `SessionRecord` names them. */
export const SESSION_COLUMNS = Prisma.sql`
  s.id, s.user_id AS "userId", s.tenant_id AS "tenantId", s.token_number AS "tokenNumber",
  s.rotated_at AS "rotatedAt", s.presented, s.address, s.user_agent AS "userAgent", s.created_at AS "createdAt",
  s.last_used_at AS "lastUsedAt", s.expires_at AS "expiresAt", s.ended_at AS "endedAt",
  s.end_reason AS "endReason"`;
