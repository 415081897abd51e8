WITH attempts_written AS (
  UPDATE scorm_attempts a SET state = coalesce(c.state, a.state), last_commit_at = now()
  FROM unnest(
    string_to_array($2, $1, '')::uuid[],
    string_to_array($3, $1, '')::text[]
  ) AS c (id, state)
  WHERE a.id = ANY (ARRAY[c.id])
),
launches_touched AS (
  UPDATE scorm_launches l SET last_commit_at = now(),
    terminated_at = CASE WHEN t.terminated THEN now() ELSE l.terminated_at END,
    expires_at = CASE WHEN l.token_hash IS NOT NULL THEN now() + interval '24 hours' END
  FROM unnest(
    string_to_array($17, $16, '')::uuid[],
    string_to_array($18, $16, '')::boolean[]
  ) AS t (id, terminated)
  WHERE l.id = ANY (ARRAY[t.id])
),
completions_remembered AS (
  INSERT INTO scorm_completions (tenant_id, registration_key, attempt, sco_id)
  SELECT tenant_id, registration_key, attempt, coalesce(sco_id, '')
  FROM unnest(
    string_to_array($20, $19, '')::uuid[],
    string_to_array($21, $19, '')::text[],
    string_to_array($22, $19, '')::bigint[],
    string_to_array($23, $19, '')::text[]
  ) AS c (tenant_id, registration_key, attempt, sco_id)
  ON CONFLICT DO NOTHING
)
INSERT INTO scorm_launches (id, attempt_id, tenant_id, session_id, launch_key, number, session,
  token_hash, origin, expires_at, last_commit_at, terminated_at)
SELECT id, attempt_id, tenant_id, session_id, coalesce(launch_key, ''), number, session,
  token_hash, origin, CASE WHEN token_hash IS NOT NULL THEN now() + interval '24 hours' END,
  CASE WHEN committed THEN now() END, CASE WHEN terminated THEN now() END
FROM unnest(
  string_to_array($5, $4, '')::uuid[],
  string_to_array($6, $4, '')::uuid[],
  string_to_array($7, $4, '')::uuid[],
  string_to_array($8, $4, '')::text[],
  string_to_array($9, $4, '')::text[],
  string_to_array($10, $4, '')::integer[],
  string_to_array($11, $4, '')::text[],
  string_to_array($12, $4, '')::bytea[],
  string_to_array($13, $4, '')::text[],
  string_to_array($14, $4, '')::boolean[],
  string_to_array($15, $4, '')::boolean[]
) AS o (id, attempt_id, tenant_id, session_id, launch_key, number, session, token_hash, origin, committed, terminated)
RETURNING expires_at
