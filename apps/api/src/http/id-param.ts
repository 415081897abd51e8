import { Param, type PipeTransform } from '@nestjs/common';
import { fromTypeId, type IdKind } from '@schoolbell/ids';
import { notFound } from './api-error.js';

const NAMES: Record<IdKind, string> = {
  tenant: 'tenant',
  user: 'user',
  apiKey: 'API key',
  event: 'event',
  webhook: 'webhook',
  delivery: 'delivery',
  attempt: 'attempt',
  batch: 'batch',
  operation: 'operation',
  launch: 'launch',
  mail: 'e-mail',
  auditEntry: 'audit entry',
  session: 'session',
  eventRejection: 'rejection',
};

class IdPipe implements PipeTransform<string, string> {
  constructor(private readonly kind: IdKind) {}

  transform(text: string): string {
    const uuid = fromTypeId(this.kind, text);
    if (uuid === undefined) throw notFound(NAMES[this.kind]);
    return uuid;
  }
}

/** The path's `id` as a UUID; an id that cannot exist is not found. */
export const IdParam = (kind: IdKind, name = 'id'): ParameterDecorator =>
  Param(name, new IdPipe(kind));
