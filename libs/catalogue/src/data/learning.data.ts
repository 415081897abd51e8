import { Nested } from '../fields/nested.js';
import { OneOf } from '../fields/one-of.js';
import { Optional } from '../fields/optional.js';
import { SUCCESS_STATUSES } from '../scorm/status.js';
import { CertificateData } from './certificate.data.js';
import { CourseData } from './course.data.js';
import { LearnerData } from './learner.data.js';

/** Who learned what and with which result, for formats that say more than ids. */
export class LearningData {
  @Optional()
  @OneOf('Whether the learner passed, in the terms of SCORM 2004.', SUCCESS_STATUSES)
  successStatus?: string;

  @Optional()
  @Nested('Who the learner is.', LearnerData)
  learner?: LearnerData;

  @Optional()
  @Nested('The course, such as the one that the package belongs to.', CourseData)
  course?: CourseData;

  @Optional()
  @Nested('The certificate that the learner got for it.', CertificateData)
  certificate?: CertificateData;
}
