-- What a tenant decides about its own people.
ALTER TABLE tenants
  ADD COLUMN time_zone              text    NOT NULL DEFAULT 'UTC',   -- IANA, for people who read times
  ADD COLUMN viewers_see_bodies     boolean NOT NULL DEFAULT false,
  ADD COLUMN second_factor_required boolean NOT NULL DEFAULT false;
