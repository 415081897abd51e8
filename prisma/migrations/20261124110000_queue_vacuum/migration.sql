-- The queue's tables have few rows that change all the time: every delivery is inserted, leased and deleted
-- within a second. Their keys only grow, so pages of their indexes become empty on the left and are used again
-- only after a vacuum. By the defaults that comes once a minute, and slowly.
--
-- Measured with 870 rows a second inserted, leased and deleted, a tenth of them a second time after 5 s, some
-- 1,650 live, after two minutes: the heap and the indexes of due_deliveries had 11.8 and 2.9 MB with the settings
-- before, 2.4 and 1.0 MB with these and an autovacuum_naptime of 5 s. That is a setting of the server: with its
-- default of 60 s, these alone change little (13.2 and 2.4 MB).
--
-- A hundredth of the rows on top: where a million are held, a thousand that changed are no reason to read all
-- of their indexes. Truncating would take an ACCESS EXCLUSIVE lock, for pages that are filled again at once.
ALTER TABLE due_deliveries SET (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.01,
  autovacuum_vacuum_cost_delay = 0, autovacuum_vacuum_insert_threshold = -1, vacuum_truncate = off);
ALTER TABLE fallbacks SET (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.01,
  autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);
ALTER TABLE webhook_rates SET (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.01,
  autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);
