-- What recurs over the pages of an outlet: lines that are clutter.
CREATE TABLE outlet_profile (
  id      INTEGER PRIMARY KEY,              -- first 8 bytes of the SHA-256 of the outlet
  outlet  TEXT NOT NULL,                    -- its host, else its name
  content BLOB NOT NULL                     -- hashes of lines, for each of a few articles; the extract step owns the form
);
