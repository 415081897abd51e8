import type { AttemptError } from '@schoolbell/delivery';

const NOTHING_TO_DO = 'There is nothing to do on your side: deliveries are tried again.';

export const OUR_NAME_SERVERS: AttemptError = {
  code: 'dns',
  message: `Schoolbell could not look up any host name: its own name servers fail. ${NOTHING_TO_DO}`,
  ours: true,
};

export const OUR_NETWORK: AttemptError = {
  code: 'network',
  message: `Schoolbell could not connect to any receiver: its own network fails. ${NOTHING_TO_DO}`,
  ours: true,
};

/** The forward proxy of the installation. A customer is not told that there is one. */
export const OUR_PROXY: AttemptError = { ...OUR_NETWORK, outsideSchedule: true };
