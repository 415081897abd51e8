-- One row: since when Postgres has been at work without an outage. Unlogged on purpose: recovery from a crash
-- and promotion empty the table, and that is how dispatchers notice them; see docs/adr/0008.
CREATE UNLOGGED TABLE "service_epoch" (
    "id" BOOLEAN NOT NULL,
    "postgres_started_at" TIMESTAMPTZ(6) NOT NULL,
    "began_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "service_epoch_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "service_epoch_one_row" CHECK ("id")
);

-- As if it had been noticed when Postgres was started.
INSERT INTO "service_epoch" ("id", "postgres_started_at", "began_at")
VALUES (true, pg_postmaster_start_time(), pg_postmaster_start_time());
