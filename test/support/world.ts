import { beforeAll, beforeEach } from 'vitest';
import { Customer } from './customer.js';
import { joinSchoolbell } from './join-schoolbell.js';
import { startReceiver, type Receiver } from './start-receiver.js';
import {
  startSchoolbell,
  type JoinedSchoolbell,
  type Schoolbell,
  type SchoolbellOptions,
} from './start-schoolbell.js';

/**
 * A tenant in a Schoolbell for the tests of a file or a `describe`, as a customer, and a new receiver for each test.
 * Everything is there from the first hook or test on, and ends by itself.
 */
class CustomerWorld<Of extends JoinedSchoolbell> {
  schoolbell!: Of;
  customer!: Customer;
  /** Answers 200 until it is told otherwise. */
  receiver!: Receiver;

  constructor(start: () => Promise<Of>) {
    beforeAll(async () => {
      this.schoolbell = await start();
      this.customer = new Customer(this.schoolbell);
      return () => this.schoolbell.stop();
    });
    beforeEach(async () => {
      this.receiver = await startReceiver();
      return () => this.receiver.close();
    });
  }
}

/** In a Schoolbell of its own. */
export class World extends CustomerWorld<Schoolbell> {
  constructor(options: SchoolbellOptions = {}) {
    super(() => startSchoolbell(options));
  }
}

/** In the Schoolbell that files share: {@link joinSchoolbell} says for which tests. */
export class SharedWorld extends CustomerWorld<JoinedSchoolbell> {
  constructor() {
    super(() => joinSchoolbell());
  }
}
