import { defineEventType } from '../event-type.js';
import { PackageData } from '../data/package.data.js';
import { Line } from '../fields/line.js';
import { Optional } from '../fields/optional.js';

class PackageUpdatedData extends PackageData {
  @Optional()
  @Line('The title in the manifest.')
  title?: string;
}

export const packageUpdated = defineEventType({
  name: 'package.updated',
  description: 'A new version of a SCORM package was uploaded.',
  dataClass: PackageUpdatedData,
  example: {
    packageId: 'pkg_def456',
    version: '1.3',
    title: 'Introduction to Safety Training',
    scormVersion: '2004',
    revision: 2,
  },
});
