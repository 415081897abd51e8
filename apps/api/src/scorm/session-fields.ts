import { eventTypeNamed } from '@schoolbell/catalogue';

/** What the catalogue allows of each field: its limits hold here as they do for posted events. */
const FIELDS = eventTypeNamed('session.launched')!.schema['properties'] as Record<string, object>;

type Properties = Record<string, object>;

function fieldsOf(...names: string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, FIELDS[name]!]));
}

/** A launch may have several SCOs, and each of its commits writes the state of them all. */
const MAX_SCOS = 500;

/** JSON Schema of whose session it is: what launches and server commits have in common. */
export const SESSION_FIELDS: Properties = {
  tenantId: {
    type: 'string',
    description: 'The tenant of the session, for platform keys that do not send `X-Tenant-Id`.',
  },
  ...fieldsOf('sessionId', 'packageId', 'learnerId', 'attempt', 'registrationId', 'dispatchId'),
  ...fieldsOf('scoId', 'learner', 'course'),
  scos: {
    type: 'array',
    minItems: 1,
    maxItems: MAX_SCOS,
    uniqueItems: true,
    items: FIELDS['scoId'],
    description:
      'The SCOs that make up the package: `session.completed` follows when all of them are done.',
  },
};

/** The fields without which no event of a session can be made. */
export const REQUIRED_SESSION_FIELDS = ['sessionId', 'packageId', 'learnerId'];

/** `cmi.location` of SCORM 2004, the longer one of the two. */
const MAX_LOCATION = 1000;

/** JSON Schema of where a learner stands, as a runtime knows it of an attempt that began elsewhere. */
export const KNOWN_STATE = {
  type: 'object',
  additionalProperties: false,
  description:
    'Where the learner stands in an attempt that began before Schoolbell knew of it, so that nothing is reported twice. Ignored for an attempt that is already known.',
  properties: {
    ...fieldsOf('completionStatus', 'successStatus', 'progressMeasure'),
    ...fieldsOf('scoreScaled', 'scoreRaw', 'scoreMin', 'scoreMax', 'totalTime'),
    location: { type: 'string', maxLength: MAX_LOCATION, description: 'The bookmark.' },
  },
};

/** The name of a launch that the runtime makes itself. */
export const LAUNCH_ID = FIELDS['launchId']!;
