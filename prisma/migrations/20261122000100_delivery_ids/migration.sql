-- Deliveries get their ids where they are made: in the one statement that fans an event out. Postgres has a
-- UUIDv7 of its own from 18 on; before, the clock's 48 bits of milliseconds go over a random UUID and its
-- version is set to 7. A plain SQL function of one expression, so that the planner puts it in place of the
-- call. A database that is upgraded keeps the form it has: both make the same ids.
DO $make$
BEGIN
  IF current_setting('server_version_num')::integer >= 180000 THEN
    CREATE FUNCTION new_uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE
      AS 'SELECT uuidv7()';
  ELSE
    -- Bits 52 and 53 make 7 (0111) of the version 4 (0100) that gen_random_uuid() writes.
    CREATE FUNCTION new_uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE
      AS $sql$
        SELECT encode(
          set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
              PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
              FROM 1),
            52, 1), 53, 1),
          'hex')::uuid
      $sql$;
  END IF;
END
$make$;

-- A failed test is dead without being a dead letter; this finds the few of them among all deliveries.
CREATE INDEX deliveries_test_idx ON deliveries (tenant_id, id DESC) WHERE test;
