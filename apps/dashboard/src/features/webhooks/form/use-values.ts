import { useWatch } from 'react-hook-form';
import type { WebhookValues } from './webhook-values.ts';

/** All values of the form; a component that uses them renders again with each letter. */
export const useValues = (): WebhookValues => useWatch<WebhookValues>() as WebhookValues;
