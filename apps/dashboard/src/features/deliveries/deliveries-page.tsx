import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { FilterBar } from './filter/filter-bar.tsx';
import { DeliveryList } from './list/delivery-list.tsx';
import { ListEnd } from './list/list-end.tsx';
import { ListSkeleton } from './list/list-skeleton.tsx';
import { NoDeliveries } from './list/no-deliveries.tsx';
import { NewerBar } from './newer-bar.tsx';
import { DeliveryPanel } from './panel/delivery-panel.tsx';
import { StatCards } from './stat-cards.tsx';
import { useDeliveries } from './use-deliveries.ts';
import { DELIVERIES_ROUTE, useFilters } from './use-filters.ts';

/** Everything that was sent or waits to be sent: one log for all webhooks. */
export function DeliveriesPage() {
  return (
    <Page title="Deliveries">
      <StatCards />
      <FilterBar />
      <Log />
      <OpenDelivery />
    </Page>
  );
}

function Log() {
  const { filters } = useFilters();
  const deliveries = useDeliveries(filters);
  const { list, rows } = deliveries;
  if (list.isPending) return <ListSkeleton />;
  if (!list.data) {
    return (
      <ProblemNote
        error={list.error}
        title="The deliveries could not be loaded"
        onRetry={() => void list.refetch()}
      />
    );
  }
  return (
    <>
      <NewerBar deliveries={deliveries} />
      {rows.length > 0 ? (
        <DeliveryList list={list} rows={rows} />
      ) : (
        !list.hasNextPage && <NoDeliveries />
      )}
      <ListEnd list={list} rows={rows} />
    </>
  );
}

/** Beside the list, which stays unchanged while a delivery is opened. */
function OpenDelivery() {
  const open = useSearch({ from: DELIVERIES_ROUTE, select: (search) => search.open });
  const navigate = useNavigate({ from: '/deliveries' });
  const { history } = useRouter();
  const close = useCallback(() => {
    if (history.location.state.closesBack) return history.back();
    void navigate({ search: (all) => ({ ...all, open: undefined }), resetScroll: false });
  }, [history, navigate]);
  return <DeliveryPanel deliveryId={open} onClose={close} />;
}
