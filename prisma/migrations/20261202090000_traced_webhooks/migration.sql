-- Whether the requests of a webhook tell its receiver of their traces.
ALTER TABLE webhooks ADD COLUMN tracing boolean NOT NULL DEFAULT false;
