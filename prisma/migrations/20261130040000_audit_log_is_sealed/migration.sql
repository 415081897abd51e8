-- A partition is a table of its own, with an owner and triggers of its own: each is closed as the audit log itself is.
CREATE FUNCTION seal_audit_log(part regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_log()', part);
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM CURRENT_USER', part);
END $$;
SELECT seal_audit_log('audit_log_default');

-- Filters of GET /v1/audit-log. An actor and a resource belong to one tenant, but for the platform's own; an action to
-- all, and is asked for by one tenant, or by the platform for all of them.
CREATE INDEX audit_log_actor_id_id_idx ON audit_log (actor_id, id);
CREATE INDEX audit_log_resource_id_id_idx ON audit_log (resource_id, id);
CREATE INDEX audit_log_tenant_id_action_id_idx ON audit_log (tenant_id, action, id);
CREATE INDEX audit_log_action_id_idx ON audit_log (action, id);
