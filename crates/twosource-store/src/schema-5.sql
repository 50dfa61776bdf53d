-- Which reports are of a day, without a look at the reports: searches within days keep to their range.
DROP INDEX revision_by_day;
CREATE INDEX revision_by_day ON revision (day, article);

-- Pages of stories of many reports as they were last shown: derived, may be deleted at any time.
CREATE TABLE shown (
  id      INTEGER PRIMARY KEY,
  page    INTEGER NOT NULL UNIQUE,          -- first 8 bytes of the SHA-256 of story and form
  state   BLOB    NOT NULL,                 -- SHA-256 of what it was made from
  content BLOB    NOT NULL                  -- deflated
);
