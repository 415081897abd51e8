-- Each run of a dispatcher: whose leases these are, and how others can tell that its process has ended; see
-- docs/adr/0018. Written when a dispatcher starts and once an hour: nothing here is on the way of a delivery.
CREATE TABLE dispatchers (
  -- The end of the ids of its leases.
  id              text PRIMARY KEY,
  -- DISPATCHER_NAME: two that have the same never run at the same time.
  name            text,
  -- Null where the processes of the machine cannot be asked for.
  machine         text,
  pid             integer NOT NULL,
  process_started text,
  started_at      timestamptz(3) NOT NULL DEFAULT now(),
  seen_at         timestamptz(3) NOT NULL DEFAULT now()
);
