import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { FilterBar } from './filter/filter-bar.tsx';
import { DeliveryList } from './list/delivery-list.tsx';
import { ListEnd } from './list/list-end.tsx';
import { ListSkeleton } from './list/list-skeleton.tsx';
import { NoDeliveries } from './list/no-deliveries.tsx';
import { NewerBar } from './newer-bar.tsx';
import { OpenDelivery } from './panel/open-delivery.tsx';
import { StatCards } from './stat-cards.tsx';
import { useDeliveries } from './use-deliveries.ts';
import { useFilters } from './use-filters.ts';

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
