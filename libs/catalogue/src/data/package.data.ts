import { Id } from '../fields/id.js';
import { Whole } from '../fields/number.js';
import { Optional } from '../fields/optional.js';

/** What every event of a version of a package carries. */
export class PackageData {
  @Id('The SCORM package.')
  packageId!: string;

  @Id('The version of the package, as its author counts.')
  version!: string;

  @Optional()
  @Id('The SCORM version that the package is made for: 1.2, 2004.')
  scormVersion?: string;

  @Optional()
  @Whole('How often the package was uploaded.')
  revision?: number;
}
