import { beforeAll, beforeEach } from 'vitest';
import { Customer } from './customer.js';
import { joinSchoolbell } from './join-schoolbell.js';
import { startReceiver, type Receiver } from './start-receiver.js';
import { startSchoolbell, type Schoolbell, type SchoolbellOptions } from './start-schoolbell.js';

/**
 * Schoolbell with a customer for the tests of a file or a `describe`, and a new receiver for each test. Everything is
 * there from the first hook or test on, and ends by itself.
 */
export class World {
  schoolbell!: Schoolbell;
  customer!: Customer;
  /** Answers 200 until it is told otherwise. */
  receiver!: Receiver;

  constructor(options: SchoolbellOptions = {}) {
    beforeAll(async () => {
      this.schoolbell = await this.start(options);
      this.customer = new Customer(this.schoolbell);
      return () => this.schoolbell.stop();
    });
    beforeEach(async () => {
      this.receiver = await startReceiver();
      return () => this.receiver.close();
    });
  }

  protected start(options: SchoolbellOptions): Promise<Schoolbell> {
    return startSchoolbell(options);
  }
}

/** The same in the Schoolbell that files share: {@link joinSchoolbell} says for which tests. */
export class SharedWorld extends World {
  constructor() {
    super();
  }

  protected override start(): Promise<Schoolbell> {
    return joinSchoolbell();
  }
}
