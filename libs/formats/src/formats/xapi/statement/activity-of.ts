import type { KnownData } from '../../../contract/known-data.js';
import type { Activity } from './statement.js';

const COURSE = 'http://adlnet.gov/expapi/activities/course';

/** The package that the session runs. The language of its title is not known, hence `und` (BCP 47). */
export function activityOf({ packageId, course }: KnownData, tenantIri: string): Activity {
  const title = course?.title;
  return {
    objectType: 'Activity',
    id: `${tenantIri.replace(/\/$/, '')}/packages/${encodeURIComponent(packageId!)}`,
    definition: { ...(title && { name: { und: title } }), type: COURSE },
  };
}
