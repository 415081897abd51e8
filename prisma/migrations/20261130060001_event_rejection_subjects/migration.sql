-- All that the events of a refused body were about, of a batch the first. Not an array with a GIN index: under row-level security
-- the planner uses indexes only by operators that are leakproof, and those of arrays are not.
CREATE TABLE event_rejection_subjects (
  rejection_id  uuid NOT NULL REFERENCES event_rejections ON DELETE CASCADE,
  subject_id    text NOT NULL,
  tenant_id     uuid,                                    -- that of the rejection
  PRIMARY KEY (rejection_id, subject_id)
);
CREATE INDEX event_rejection_subjects_subject_id_idx
  ON event_rejection_subjects (subject_id, tenant_id, rejection_id);

ALTER TABLE event_rejection_subjects ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON event_rejection_subjects TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT ON event_rejection_subjects TO schoolbell_tenant;
