import type { LinkProps } from '@tanstack/react-router';

/** Props of a link that opens a delivery beside its page, which needs an `OpenDelivery`; closing the delivery goes back. */
export function opening(
  deliveryId: string,
): Pick<LinkProps, 'to' | 'search' | 'state' | 'resetScroll' | 'preload'> {
  return {
    to: '.',
    search: (all: object) => ({ ...all, open: deliveryId }),
    state: { closesBack: true },
    resetScroll: false,
    // The page is loaded already.
    preload: false,
  };
}
