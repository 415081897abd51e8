-- Event types beside the catalogue, registered by the platform for all tenants or by a tenant for itself.
CREATE TABLE event_types (
  id          uuid PRIMARY KEY,
  tenant_id   uuid REFERENCES tenants ON DELETE CASCADE, -- null: the platform's
  type        text NOT NULL,
  version     integer NOT NULL DEFAULT 1,
  description text NOT NULL,
  schema      text NOT NULL,                             -- JSON text, as it was given
  example     text NOT NULL,                             -- JSON text
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  updated_at  timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at  timestamptz(3)                             -- the name stays, so that versions of it go on
);
CREATE UNIQUE INDEX event_types_tenant_id_type_key ON event_types (tenant_id, type) NULLS NOT DISTINCT;

ALTER TABLE tenants ADD COLUMN event_type_limit integer NOT NULL DEFAULT 200;
