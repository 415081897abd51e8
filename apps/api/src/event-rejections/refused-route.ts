/** What rejections need to know about a route. */
interface RefusedRoute {
  operation: string;
  /** The events in a body; for a launch or a commit, the fields that describe the session. */
  eventsOf(body: unknown): unknown[];
}

const oneEvent = (body: unknown): unknown[] => (body === undefined ? [] : [body]);

const ofSession =
  (type?: string) =>
  (body: unknown): unknown[] => {
    if (body === undefined) return [];
    const { tenantId } = (body ?? {}) as { tenantId?: unknown };
    return [{ ...(type !== undefined && { type }), tenantId, data: body }];
  };

function eventsOfBatch(body: unknown): unknown[] {
  const { events } = (body ?? {}) as { events?: unknown };
  return Array.isArray(events) ? events : [];
}

/** The routes whose refusals are kept: the only ones that take events. */
export const REFUSED_ROUTES: Readonly<Record<string, RefusedRoute>> = {
  '/v1/events': { operation: 'postEvent', eventsOf: oneEvent },
  '/v1/events/batch': { operation: 'postEventBatch', eventsOf: eventsOfBatch },
  '/v1/scorm/launches': { operation: 'openLaunch', eventsOf: ofSession('session.launched') },
  '/v1/scorm/commits': { operation: 'commit', eventsOf: ofSession() },
  '/v1/scorm/commits/:token': { operation: 'commitOfPage', eventsOf: () => [] },
};

/** The statuses of refusals that are kept. */
export const KEPT_STATUSES: ReadonlySet<number> = new Set([401, 403, 409, 413, 422, 503]);
