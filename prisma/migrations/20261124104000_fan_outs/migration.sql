-- Operational events whose webhooks have yet to get their deliveries. The statement that pauses a webhook or
-- dead-letters a delivery stores the event and a row here, whose size does not depend on who listens. A
-- dispatcher makes the deliveries, some at a time, in the order of the webhooks' ids; the row goes with the last
-- of them.
CREATE TABLE fan_outs (
  event_id        uuid PRIMARY KEY,
  tenant_id       uuid NOT NULL,
  type            text NOT NULL,
  -- Webhooks with lower ids have their deliveries.
  next_webhook_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
) WITH (fillfactor = 65, autovacuum_vacuum_scale_factor = 0.05);
-- Tenants take turns, and each tenant's events go in their order.
CREATE INDEX fan_outs_tenant_id_event_id_idx ON fan_outs (tenant_id, event_id);
