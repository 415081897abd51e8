import { ApiProperty } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import type { EventRejection } from '@schoolbell/persistence';
import { FieldErrorDocument } from '../docs/problem-document.js';
import { REFUSED_ROUTES } from './refused-route.js';

const OPERATIONS = Object.values(REFUSED_ROUTES).map(({ operation }) => operation);

class RefusedKeyDocument {
  @ApiProperty({ description: 'The 12 characters behind `sbk_`.' })
  prefix!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Null for a key that never existed.',
  })
  name!: string | null;
}

const OF_FIRST =
  'From the event at fault (in a batch, the first one); null if it could not be read.';

/** A post that was refused. */
export class EventRejectionDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description:
      'Null if it is not known which tenant posted it; only the platform sees such posts.',
  })
  tenantId!: string | null;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: OPERATIONS, description: 'What was posted, by its `operationId`.' })
  operation!: string;

  @ApiProperty({ type: 'integer', description: 'The status of the answer.' })
  status!: number;

  @ApiProperty({ description: 'The `code` of the answer.' })
  code!: string;

  @ApiProperty()
  detail!: string;

  @ApiProperty({ type: [FieldErrorDocument], description: 'The first five.' })
  errors!: FieldErrorDocument[];

  @ApiProperty({
    type: RefusedKeyDocument,
    nullable: true,
    description: 'Null without an API key.',
  })
  key!: RefusedKeyDocument | null;

  @ApiProperty({ description: 'Its `X-Request-Id`.' })
  requestId!: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'How many events of the tenant the body had; null if it was not read.',
  })
  events!: number | null;

  @ApiProperty({ type: 'string', nullable: true, description: OF_FIRST })
  type!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: OF_FIRST })
  sessionId!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: OF_FIRST })
  packageId!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: OF_FIRST })
  dispatchId!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: OF_FIRST })
  learnerId!: string | null;

  @ApiProperty({
    type: 'integer',
    description:
      'How many more posts were refused in the same minute and not kept: an API process keeps 60 a minute for each tenant.',
  })
  leftOut!: number;
}

export const EVENT_REJECTION_EXAMPLE: EventRejectionDocument = {
  id: 'rej_01jdbfz1x3e1ktm4v2n0c8q7ah',
  tenantId: 'ten_01jcfpwpg0fgx9p79fda74r401',
  at: '2026-11-22T14:32:00.412Z',
  operation: 'postEvent',
  status: 422,
  code: 'validation_failed',
  detail: 'data.completionStatus: must be one of: completed',
  errors: [{ path: 'data.completionStatus', message: 'must be one of: completed' }],
  key: { prefix: '4tQm9ZrB2nWx', name: 'SCORM runtime' },
  requestId: 'req_01931f6e-5a00-7c3a-9b1d-2f6a8e4c1001',
  events: 1,
  type: 'session.completed',
  sessionId: 'sess_abc123',
  packageId: 'pkg_def456',
  dispatchId: null,
  learnerId: 'lrn_jkl012',
  leftOut: 0,
};

export function presentEventRejection(rejection: EventRejection): EventRejectionDocument {
  const { id, tenantId, at, keyPrefix, keyName, errors, ...rest } = rejection;
  return {
    id: toTypeId('eventRejection', id),
    tenantId: tenantId && toTypeId('tenant', tenantId),
    at: at.toISOString(),
    ...rest,
    errors: [...errors],
    key: keyPrefix === null ? null : { prefix: keyPrefix, name: keyName },
  };
}
