-- A queue as the others: see the migration queue_vacuum.
ALTER TABLE fan_outs SET (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.01,
  autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);
