import { PackageData } from '../data/package.data.js';
import { defineEventType } from '../event-type.js';
import { Line } from '../fields/line.js';
import { Whole } from '../fields/number.js';
import { Optional } from '../fields/optional.js';

const MAX_URL_LENGTH = 2048;

class PackageProcessingCompletedData extends PackageData {
  @Line('The title in the manifest.')
  title!: string;

  @Optional()
  @Line('Where the package starts, from its root.', MAX_URL_LENGTH)
  launchUrl?: string;

  @Optional()
  @Whole('The size of the uploaded file in bytes.')
  fileSizeBytes?: number;
}

export const packageProcessingCompleted = defineEventType({
  name: 'package.processing.completed',
  description: 'An uploaded package is ready to be launched.',
  dataClass: PackageProcessingCompletedData,
  example: {
    packageId: 'pkg_def456',
    title: 'Introduction to Safety Training',
    version: '1.2',
    scormVersion: '1.2',
    revision: 1,
    launchUrl: 'index.html',
    fileSizeBytes: 5_242_880,
  },
});
