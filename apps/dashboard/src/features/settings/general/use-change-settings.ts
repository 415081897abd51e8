import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getSettingsQueryKey, updateSettingsMutation } from '@schoolbell/api-client/queries';
import type { SettingsDocument } from '@schoolbell/api-client';
import { useToast } from '../../../ui/toasts.tsx';

export interface SettingsPart {
  settings: SettingsDocument;
  mayChange: boolean;
}

/** Changes settings, and confirms it. */
export function useChangeSettings(said = 'The settings were saved') {
  const client = useQueryClient();
  const toasts = useToast();
  return useMutation({
    ...updateSettingsMutation(),
    onSuccess: (settings) => {
      client.setQueryData(getSettingsQueryKey(), settings);
      toasts.add({ title: said });
    },
  });
}
