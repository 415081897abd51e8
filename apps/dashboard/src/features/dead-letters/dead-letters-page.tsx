import { Page } from '../../ui/page.tsx';
import { OpenDelivery } from '../deliveries/panel/open-delivery.tsx';
import { RunningOperations } from '../operations/running-operations.tsx';
import { CausesAndList } from './causes-and-list.tsx';
import { DeadLetterFilters } from './dead-letter-filters.tsx';
import { deadLettersRoute } from './use-filters.ts';
import { useRefresh } from './use-operation.ts';

const KINDS = ['retry', 'discard'] as const;

/** Deliveries that were given up: grouped by cause, and one by one. */
export function DeadLettersPage() {
  const { operation } = deadLettersRoute.useSearch();
  const navigate = deadLettersRoute.useNavigate();
  const refresh = useRefresh();
  return (
    <Page
      title="Dead letters"
      note="Deliveries that were given up after the last attempt of their retry schedule. Nothing is lost."
    >
      <RunningOperations
        kinds={KINDS}
        chosen={operation}
        onEnd={() => void refresh()}
        onPutAway={() =>
          void navigate({
            search: (search) => ({ ...search, operation: undefined }),
            resetScroll: false,
          })
        }
      />
      <DeadLetterFilters />
      <CausesAndList />
      <OpenDelivery />
    </Page>
  );
}
