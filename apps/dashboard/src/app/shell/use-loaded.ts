import { useState } from 'react';
import { useToast } from '../../ui/toasts.tsx';

/**
 * A part of the shell whose file is loaded when it is first wanted. If that fails, a toast says so and the page stays
 * as it is.
 */
export function useLoaded<Part>(load: () => Promise<Part>) {
  const [part, setPart] = useState<Part>();
  const toasts = useToast();
  const want = async (): Promise<void> => {
    try {
      const loaded = await load();
      setPart(() => loaded);
    } catch {
      toasts.add({
        title: 'This could not be loaded',
        description: 'Schoolbell cannot be reached. Try again in a moment.',
      });
    }
  };
  return { part, want: () => void want() };
}
