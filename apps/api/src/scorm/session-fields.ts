import { eventTypeNamed } from '@schoolbell/catalogue';

/** The catalogue's limits of each field, which hold here as for posted events. */
const FIELDS = eventTypeNamed('session.launched')!.schema['properties'] as Record<string, object>;

type Properties = Record<string, object>;

function fieldsOf(...names: string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, FIELDS[name]!]));
}

/** A launch may have several SCOs, and each of its commits writes the state of all of them. */
const MAX_SCOS = 500;

/** JSON Schema of the session, which launches and server commits have in common. */
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

/** The fields that every event of a session needs. */
export const REQUIRED_SESSION_FIELDS = ['sessionId', 'packageId', 'learnerId'];

/** `cmi.location` of SCORM 2004, which allows more than SCORM 1.2. */
const MAX_LOCATION = 1000;

/** JSON Schema of the learner's progress in an attempt that began elsewhere. */
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

/** The id of a launch that the runtime chose itself. */
export const LAUNCH_ID = FIELDS['launchId']!;
