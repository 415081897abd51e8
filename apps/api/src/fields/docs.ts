/** What OpenAPI says about any field besides its limits. */
export interface Docs<Value> {
  description?: string;
  default?: Value | null;
  example?: Value | null;
}
