SELECT d.id, d.pid, d.process_started AS "processStarted",
  coalesce(d.machine = $3, false) AS "onSameMachine",
  coalesce(d.name = $2 AND d.started_at < (SELECT started_at FROM dispatchers WHERE id = $1), false)
    AS "isPredecessor"
FROM dispatchers d
WHERE d.id <> $1 AND (d.machine = $3 OR d.name = $2)
