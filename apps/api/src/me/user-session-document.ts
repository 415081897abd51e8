import { ApiProperty } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import { endOfSession } from '@schoolbell/identity';
import type { SessionRecord } from '@schoolbell/persistence';

const MOMENT = { type: 'string', format: 'date-time' } as const;

/** A sign-in on one device. */
export class UserSessionDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: 'Whether the request is of this session.' })
  current!: boolean;

  @ApiProperty({ description: 'IP address at the last refresh.' })
  address!: string;

  @ApiProperty({ description: 'The name that the browser gives itself.' })
  userAgent!: string;

  @ApiProperty(MOMENT)
  createdAt!: string;

  @ApiProperty({ ...MOMENT, description: 'When it was last refreshed.' })
  lastUsedAt!: string;

  @ApiProperty({ ...MOMENT, description: 'When the session ends unless it is refreshed.' })
  expiresAt!: string;
}

export const USER_SESSION_EXAMPLE: UserSessionDocument = {
  id: 'uss_01jcfpwpg0fgx9p79fda74r401',
  current: true,
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  createdAt: '2026-11-22T09:30:00.000Z',
  lastUsedAt: '2026-11-22T11:45:00.000Z',
  expiresAt: '2026-11-29T11:45:00.000Z',
};

/** @param currentId UUID of the request's own session */
export function presentUserSession(session: SessionRecord, currentId: string): UserSessionDocument {
  return {
    id: toTypeId('session', session.id),
    current: session.id === currentId,
    address: session.address,
    userAgent: session.userAgent,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    expiresAt: endOfSession(session).toISOString(),
  };
}
