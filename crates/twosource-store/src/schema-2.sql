-- What was fetched and is not read yet. Goes when what came of it is written.
CREATE TABLE inbox (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  document TEXT,                            -- JSON: the record of the document
  content  BLOB,                            -- its bytes
  reason   TEXT                             -- where there is no document: why
);
