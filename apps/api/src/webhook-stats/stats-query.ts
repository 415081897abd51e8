import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';

const HOURS = { '1h': 1, '24h': 24, '7d': 7 * 24, '30d': 30 * 24 } as const;

export type StatsWindow = keyof typeof HOURS;

const WINDOWS = Object.keys(HOURS) as StatsWindow[];

/** The query of `GET /v1/webhooks/{id}/stats` and `GET /v1/stats`. */
export class StatsQuery {
  @MayBeLeftOut()
  @OneOf(WINDOWS, { default: '24h', description: 'How far back, at least.' })
  window: StatsWindow = '24h';
}

export function hoursOf(window: StatsWindow): number {
  return HOURS[window];
}
