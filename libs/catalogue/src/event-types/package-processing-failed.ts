import { defineEventType } from '../event-type.js';
import { Id } from '../fields/id.js';
import { Line } from '../fields/line.js';

const MAX_ERROR_LENGTH = 4096;

class PackageProcessingFailedData {
  @Id('The SCORM package.')
  packageId!: string;

  @Line('What is wrong with the package, for its author.', MAX_ERROR_LENGTH)
  error!: string;

  @Id('The same for programs, such as INVALID_MANIFEST.')
  errorCode!: string;
}

export const packageProcessingFailed = defineEventType({
  name: 'package.processing.failed',
  description: 'An uploaded package was refused.',
  dataClass: PackageProcessingFailedData,
  example: {
    packageId: 'pkg_def456',
    error: 'The package has no imsmanifest.xml at its root.',
    errorCode: 'INVALID_MANIFEST',
  },
});
