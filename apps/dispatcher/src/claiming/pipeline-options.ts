import type { ServiceConfig } from '@schoolbell/config';
import { uuidV7 } from '@schoolbell/ids';
import { databaseFaultOf } from '@schoolbell/persistence';
import type { PipelineOptions } from './delivery-pipeline.js';
import type { StoreFault } from '../outages/store-fault.js';

/** Ids, time and randomness of every pipeline. */
export const SOURCES = { newId: uuidV7, now: Date.now, random: Math.random };

/** @param total slots */
export function pipelineOptions(config: ServiceConfig, total: number): PipelineOptions {
  return {
    limits: { total, perWebhook: config.webhookMaxInFlight },
    leaseSeconds: config.leaseSeconds,
    faultOf: storeFaultOf,
  };
}

/** A collision that remains after the store's own repetitions is worth waiting for, like an outage. */
function storeFaultOf(error: unknown): StoreFault {
  const fault = databaseFaultOf(error) ?? 'bug';
  return fault === 'collision' ? 'outage' : fault;
}
