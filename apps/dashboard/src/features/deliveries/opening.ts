import type { LinkProps } from '@tanstack/react-router';

/** For a link that opens a delivery beside the page that it stands on, which has an `OpenDelivery`; closing it goes back. */
export function opening(
  deliveryId: string,
): Pick<LinkProps, 'to' | 'search' | 'state' | 'resetScroll' | 'preload'> {
  return {
    to: '.',
    search: (all: object) => ({ ...all, open: deliveryId }),
    state: { closesBack: true },
    resetScroll: false,
    // Nothing is to be loaded: the page is there.
    preload: false,
  };
}
