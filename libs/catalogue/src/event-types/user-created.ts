import { LearnerData } from '../data/learner.data.js';
import { defineEventType } from '../event-type.js';
import { Id } from '../fields/id.js';
import { Nested } from '../fields/nested.js';
import { Optional } from '../fields/optional.js';

class UserCreatedData {
  @Id('The new user.')
  userId!: string;

  @Optional()
  @Nested('Who the user is.', LearnerData)
  learner?: LearnerData;
}

export const userCreated = defineEventType({
  name: 'user.created',
  description: 'A user was created on the learning platform.',
  dataClass: UserCreatedData,
  example: {
    userId: 'learner-42',
    learner: {
      email: 'jsmith@acme.example',
      firstName: 'Jane',
      lastName: 'Smith',
      externalId: 'HR-4829',
    },
  },
});
