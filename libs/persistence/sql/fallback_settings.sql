SELECT w.id, w.tenant_id, w.number, w.version, w.fallback_url AS url, w.format, w.format_settings,
  w.filter, w.template, w.metadata, w.authentication, w.headers, w.client_certificate, w.ca, w.secret,
  CASE WHEN w.previous_secret_expires_at > now() THEN w.previous_secret END AS previous_secret,
  w.previous_secret_expires_at, w.timeout_seconds, w.retry_schedule, w.auto_pause_after, w.consented_origin,
  w.tracing, t.iri, t.domain, t.scorm_api_tenant_id
FROM webhooks w
JOIN tenants t ON t.id = w.tenant_id
WHERE w.id = ANY ($1::uuid[]) AND w.deleted_at IS NULL AND w.fallback_url IS NOT NULL
