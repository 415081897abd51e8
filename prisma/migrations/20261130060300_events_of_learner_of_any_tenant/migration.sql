-- The index with the tenant takes its place: many tenants number their learners from 1, and whoever looks for
-- learner 42 would read the events of all of them.
DROP INDEX events_learner_id_idx;
