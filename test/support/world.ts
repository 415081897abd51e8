import { beforeAll, beforeEach } from 'vitest';
import { Customer } from './customer.js';
import { startReceiver, type Receiver } from './start-receiver.js';
import { startSchoolbell, type Schoolbell, type SchoolbellOptions } from './start-schoolbell.js';

/**
 * Schoolbell and a customer of it for the tests of a file or a `describe`, and a new receiver for each of
 * them. All of it is there from the first hook or test on, and is taken down by itself.
 */
export class World {
  schoolbell!: Schoolbell;
  customer!: Customer;
  /** Answers 200 until it is told otherwise. */
  receiver!: Receiver;

  constructor(options: SchoolbellOptions = {}) {
    beforeAll(async () => {
      this.schoolbell = await startSchoolbell(options);
      this.customer = new Customer(this.schoolbell);
      return () => this.schoolbell.stop();
    });
    beforeEach(async () => {
      this.receiver = await startReceiver();
      return () => this.receiver.close();
    });
  }
}
