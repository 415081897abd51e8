import { ApiProperty } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import type { Actor } from '@schoolbell/identity';
import type { AuditRow } from '@schoolbell/persistence';

const FIELDS_DOCS = { type: 'object', nullable: true, additionalProperties: true } as const;

class ActorDocument {
  @ApiProperty({
    enum: ['user', 'api_key', 'platform'],
    description: '`platform` is a user or key of the platform.',
  })
  kind!: Actor['kind'];

  @ApiProperty()
  id!: string;

  @ApiProperty({
    description: 'As it was at that time: the name of the key, or the e-mail address of the user.',
  })
  name!: string;
}

class ResourceDocument {
  @ApiProperty({ example: 'webhook' })
  kind!: string;

  @ApiProperty({ description: 'The id; for an event type, its name.' })
  id!: string;
}

/** One change: who made it, when, from where, and what it changed. */
export class AuditEntryDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Null for a change to something that belongs to the platform itself.',
  })
  tenantId!: string | null;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: ActorDocument })
  actor!: ActorDocument;

  @ApiProperty({ description: 'The kind of resource, and what was done to it.' })
  action!: string;

  @ApiProperty({ type: ResourceDocument })
  resource!: ResourceDocument;

  @ApiProperty({ description: 'The IP address that the request came from.' })
  address!: string;

  @ApiProperty({ description: 'The `X-Request-Id` of the request.' })
  requestId!: string;

  @ApiProperty({
    ...FIELDS_DOCS,
    description:
      'The changed fields, as they were before; null for a new resource. No field ever holds a secret: `authentication` shows only its type, `headers` only the names.',
  })
  before!: object | null;

  @ApiProperty({
    ...FIELDS_DOCS,
    description: 'The same fields after the change; null for a deleted resource.',
  })
  after!: object | null;
}

const EXAMPLE: AuditRow = {
  id: '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a70',
  tenantId: '01931f6e-5a00-7c3a-9b9c-e97a9a721300',
  at: new Date('2026-11-22T09:30:00.123Z'),
  actorKind: 'user',
  actorId: 'usr_01jcfpwpg0fgx9p79fda74r401',
  actorName: 'owner@example.com',
  action: 'webhook.updated',
  resourceKind: 'webhook',
  resourceId: 'wh_01jcfpwpg0fgx9p79fda74r401',
  address: '203.0.113.7',
  requestId: 'req_019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a71',
  before: { timeoutSeconds: 10 },
  after: { timeoutSeconds: 20 },
};

export const AUDIT_ENTRY_EXAMPLE = presentAuditEntry(EXAMPLE);

export function presentAuditEntry(row: AuditRow): AuditEntryDocument {
  return {
    id: toTypeId('auditEntry', row.id),
    tenantId: row.tenantId && toTypeId('tenant', row.tenantId),
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    action: row.action,
    resource: { kind: row.resourceKind, id: row.resourceId },
    address: row.address,
    requestId: row.requestId,
    before: row.before,
    after: row.after,
  };
}
