-- Who made a key, by TypeID: a user or another key. Null for keys from before, and for those of the installation.
ALTER TABLE api_keys ADD COLUMN created_by text;
