import type { SettingValues } from './format-settings.js';

/**
 * What a body is made of besides its events. Kept with each attempt of a format that uses it, so that the
 * attempt log shows the bytes that were sent, whatever has changed since.
 */
export interface RenderContext {
  webhook: {
    uuid: string;
    /** Its number within the tenant, from 1. */
    number: number;
    /** The format's own settings, defaults filled in. */
    settings: SettingValues;
  };
  tenant: {
    /** TypeID: `ten_…`. */
    id: string;
    uuid: string;
    iri: string;
    domain: string;
    /** What receivers of the SCORM API know the tenant by. */
    scormApiTenantId: string;
  };
  /** Of the authentication `form`, whose credentials are part of the body. */
  credentials?: { username: string; password: string };
  /** What the webhook's template gave. */
  body?: string | undefined;
}
