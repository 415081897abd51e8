import { CSPProvider } from '@base-ui/react/csp-provider';
import { Toast } from '@base-ui/react/toast';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Toasts } from '../ui/toasts.tsx';
import { connectClient } from './api/connect-client.ts';
import { queryClient } from './api/query-client.ts';
import { router } from './router.tsx';

connectClient();

export function App() {
  return (
    // `style-src 'self'` forbids the style elements of popups; styles.css has their rules instead.
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider delay={300}>
          <Toast.Provider>
            <RouterProvider router={router} />
            <Toasts />
          </Toast.Provider>
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  );
}
