import { createEgressPolicy } from '@schoolbell/destinations';
import { uuidV7 } from '@schoolbell/ids';
import { type DeliveryStore, type Wakes } from '@schoolbell/delivery';
import { createSender, type NameServerSource } from '@schoolbell/egress';
import { createLogger, type Logger } from '@schoolbell/logging';
import { onTestFinished } from 'vitest';
import type { AttemptTools } from '../../apps/dispatcher/src/attempting/attempt-tools.js';
import {
  DeliveryPipeline,
  type PipelineOptions,
} from '../../apps/dispatcher/src/claiming/delivery-pipeline.js';

interface PipelineSettings {
  store: DeliveryStore;
  /** Default: nobody is woken. */
  wakes?: Wakes;
  /** Default: silent. */
  logger?: Logger;
  now?: () => number;
  leaseSeconds?: number;
  faultOf?: PipelineOptions['faultOf'];
  /** Called when operational events were stored. */
  onOperationalEvents?: () => void;
  nameServers?: NameServerSource;
}

/** The webhooks of these tests use neither OAuth 2.0 nor filters nor templates. */
const NOTHING_MORE: Omit<AttemptTools, 'sender'> = {
  tokens: { accessFor: unexpected },
  filter: { wants: unexpected },
  template: { bodyFor: unexpected },
};

const NO_WAKES: Wakes = { wake: () => undefined, wakeLater: () => undefined };

function unexpected(): never {
  throw new Error('Not in these tests.');
}

/** A dispatcher's pipeline in this process, woken only by the test; it is drained at the end of the test. */
export function startPipeline(settings: PipelineSettings): DeliveryPipeline {
  const { store, now = Date.now, leaseSeconds = 60, faultOf = () => 'bug' } = settings;
  const { nameServers } = settings;
  const sender = createSender({
    policy: createEgressPolicy({ allowHttp: true, allow: [], allowLoopback: true }),
    nameServers,
  });
  const pipeline = new DeliveryPipeline(
    {
      store,
      tools: { ...NOTHING_MORE, sender },
      wakes: settings.wakes ?? NO_WAKES,
      operationalEvents: { ring: settings.onOperationalEvents ?? (() => undefined) },
      logger: settings.logger ?? createLogger({ level: 'silent', name: 'test' }),
      newId: () => uuidV7(now()),
      now,
      random: Math.random,
    },
    { limits: { total: 100, perWebhook: 8 }, leaseSeconds, faultOf },
  );
  onTestFinished(async () => {
    await pipeline.drain(5000);
    await sender.close();
  });
  return pipeline;
}
