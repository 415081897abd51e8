WITH wanted AS MATERIALIZED (
  SELECT * FROM unnest(
    string_to_array($2, $1, '')::bytea[],
    string_to_array($3, $1, '')::uuid[],
    string_to_array($4, $1, '')::text[],
    string_to_array($5, $1, '')::bigint[],
    string_to_array($6, $1, '')::text[],
    string_to_array($7, $1, '')::text[],
    string_to_array($8, $1, '')::uuid[]
  ) WITH ORDINALITY AS w (
    token_hash, tenant_id, registration_key, attempt, session_id, launch_key, new_attempt_id, ord
  )
),
made AS (
  INSERT INTO scorm_attempts (id, tenant_id, registration_key, attempt)
  SELECT DISTINCT w.new_attempt_id, w.tenant_id, w.registration_key, w.attempt
  FROM wanted w
  JOIN tenants t ON t.id = ANY (ARRAY[w.tenant_id])
  WHERE (
    SELECT a.id FROM scorm_attempts a
    WHERE a.tenant_id = w.tenant_id AND a.registration_key = w.registration_key AND a.attempt = w.attempt
    LIMIT 1) IS NULL
  ORDER BY w.tenant_id, w.registration_key, w.attempt
  ON CONFLICT DO NOTHING
  RETURNING id
),
found AS MATERIALIZED (
  SELECT w.ord, w.tenant_id, w.registration_key, w.attempt, w.new_attempt_id, a.id AS attempt_id,
    l.id AS launch_id, l.number, l.session, l.is_launch_idle
  FROM wanted w
  LEFT JOIN LATERAL (
    SELECT a.id FROM scorm_attempts a
    WHERE a.tenant_id = w.tenant_id AND a.registration_key = w.registration_key AND a.attempt = w.attempt
    LIMIT 1
  ) a ON true
  LEFT JOIN LATERAL (
    SELECT l.id, l.number, l.session, coalesce(l.last_commit_at < now() - interval '1 minute', true) AS is_launch_idle
    FROM scorm_launches l
    WHERE l.attempt_id = a.id AND l.session_id = w.session_id
      AND l.launch_key = coalesce(w.launch_key, '')
    LIMIT 1
  ) l ON true
  WHERE w.token_hash IS NULL AND (SELECT count(*) FROM made) >= 0
  UNION ALL
  SELECT w.ord, l.tenant_id, NULL, NULL, NULL, l.attempt_id,
    l.id, l.number, l.session, coalesce(l.last_commit_at < now() - interval '1 minute', true)
  FROM wanted w
  JOIN scorm_launches l ON l.token_hash = ANY (ARRAY[w.token_hash])
  WHERE l.expires_at > now()
)
SELECT f.ord, t.id AS tenant_id,
  t.scorm_completion_on_failed AS completion_on_failed, t.scorm_apply_thresholds AS apply_thresholds,
  coalesce(a.id, CASE WHEN f.new_attempt_id IN (SELECT id FROM made) THEN f.new_attempt_id END) AS attempt_id,
  coalesce(a.registration_key, f.registration_key) AS registration_key,
  coalesce(a.attempt, f.attempt) AS attempt,
  coalesce(f.new_attempt_id IN (SELECT id FROM made), false) AS is_made, a.state, coalesce(a.last_commit_at < now() - interval '1 minute', true) AS is_idle,
  (SELECT max(newest.attempt) FROM scorm_attempts newest
   WHERE newest.tenant_id = t.id AND newest.state IS NOT NULL
     AND newest.registration_key = coalesce(a.registration_key, f.registration_key))
    AS newest_attempt,
  CASE WHEN f.launch_id IS NULL THEN (
    SELECT json_agg(json_build_object('scoId', c.sco_id, 'launches', c.launch_keys))
    FROM scorm_completions c
    WHERE c.tenant_id = f.tenant_id AND c.registration_key = f.registration_key
      AND c.attempt = f.attempt)
  END AS remembered,
  f.launch_id, f.number, f.session, f.is_launch_idle
FROM (SELECT * FROM found ORDER BY attempt_id) f
JOIN tenants t ON t.id = ANY (ARRAY[f.tenant_id])
LEFT JOIN LATERAL (
  SELECT * FROM scorm_attempts a WHERE a.id = f.attempt_id LIMIT 1 FOR NO KEY UPDATE
) a ON true
