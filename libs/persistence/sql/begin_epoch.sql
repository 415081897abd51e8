INSERT INTO service_epoch AS e (id, postgres_started_at, began_at)
SELECT true, pg_postmaster_start_time(), now()
WHERE NOT EXISTS (
  SELECT FROM service_epoch s
  WHERE s.postgres_started_at = pg_postmaster_start_time()
    AND (NOT $1 OR s.began_at BETWEEN now() - interval '1 seconds' AND now()))
ON CONFLICT (id) DO UPDATE
SET postgres_started_at = excluded.postgres_started_at, began_at = excluded.began_at
