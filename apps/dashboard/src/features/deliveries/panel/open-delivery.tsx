import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { DeliveryPanel } from './delivery-panel.tsx';

/** Shows the delivery that the address names, beside any page. */
export function OpenDelivery() {
  const open = useSearch({ strict: false, select: (search) => search.open });
  const navigate = useNavigate();
  const { history } = useRouter();
  const close = useCallback(() => {
    if (history.location.state.closesBack) return history.back();
    void navigate({ to: '.', search: (all) => ({ ...all, open: undefined }), resetScroll: false });
  }, [history, navigate]);
  return <DeliveryPanel deliveryId={open} onClose={close} />;
}
