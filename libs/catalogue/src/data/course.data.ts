import { Id } from '../fields/id.js';
import { Line } from '../fields/line.js';
import { Optional } from '../fields/optional.js';

/** The course that the package belongs to. */
export class CourseData {
  @Optional()
  @Id('The course’s id.')
  id?: string;

  @Optional()
  @Line('The course’s title.')
  title?: string;

  @Optional()
  @Line('The code of the course in the catalogue of the learning platform.')
  code?: string;
}
