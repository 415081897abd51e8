import { useWatch } from 'react-hook-form';
import type { WebhookValues } from './webhook-values.ts';

/** All of the form as it stands now; whoever uses it is drawn anew with each letter. */
export const useValues = (): WebhookValues => useWatch<WebhookValues>() as WebhookValues;
