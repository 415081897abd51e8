/** What OpenAPI says of any field besides its limits. */
export interface Docs<Value> {
  description?: string;
  default?: Value | null;
  example?: Value | null;
}
