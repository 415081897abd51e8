import { OneOf } from './one-of.js';

/** Who enrolled the learner. */
export function EnrollmentSource(): PropertyDecorator {
  return OneOf('Who enrolled the learner: themselves, or an administrator.', ['self', 'admin']);
}
