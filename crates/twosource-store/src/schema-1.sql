-- Version 1 of a desk's file. Never edited after its release: later versions are migrations of their own.

-- Who published. The host tells outlets of one name apart.
CREATE TABLE outlet (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  host TEXT NOT NULL DEFAULT '',
  UNIQUE (name, host)
);

-- What came in, in order of arrival. Never edited.
CREATE TABLE document (
  id         INTEGER PRIMARY KEY,
  name       TEXT    NOT NULL,              -- path, address, or address within an archive
  name_key   INTEGER NOT NULL,              -- first 8 bytes of the SHA-256 of the name
  digest     BLOB    NOT NULL,              -- SHA-256 of the bytes
  length     INTEGER NOT NULL,              -- bytes
  media_type TEXT    NOT NULL,
  url        TEXT,                          -- where it differs from the name
  captured   TEXT,                          -- as the input says
  said       BLOB                           -- what came beside the bytes (given, reuse, locator), in few bits
);
CREATE INDEX document_by_name ON document (name_key);

-- The bytes of documents that are kept, deflated.
CREATE TABLE page (
  document INTEGER PRIMARY KEY REFERENCES document (id),
  content  BLOB NOT NULL
);

CREATE TABLE story (
  id          INTEGER PRIMARY KEY,          -- shown as s1, s2 ...
  label_key   INTEGER NOT NULL UNIQUE,      -- first 8 bytes of the SHA-256 of the grouping step's own id
  opened      INTEGER NOT NULL,             -- step
  merged_into INTEGER REFERENCES story (id),
  articles    INTEGER NOT NULL DEFAULT 0,
  outlets     INTEGER NOT NULL DEFAULT 0,
  origins     INTEGER NOT NULL DEFAULT 0,
  first_day   INTEGER,                      -- days since 1970 of the first and last publication
  last_day    INTEGER,
  last_step   INTEGER NOT NULL,
  lead        INTEGER                       -- article whose title stands for it
);
CREATE INDEX story_by_step ON story (last_step) WHERE articles > 0;
CREATE INDEX story_by_origins ON story (origins, articles, last_step) WHERE origins > 1;
CREATE INDEX story_merged ON story (merged_into) WHERE merged_into IS NOT NULL;

-- A report over all its states.
CREATE TABLE article (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  name_key INTEGER NOT NULL UNIQUE,
  current  INTEGER REFERENCES revision (id),
  story    INTEGER REFERENCES story (id),
  origin   INTEGER REFERENCES article (id),  -- first article that carries the same text
  nearest  INTEGER REFERENCES article (id),  -- at its arrival
  score    REAL,                             -- log-odds of belonging to the story, at its arrival
  step     INTEGER                           -- when its present state arrived
);
CREATE INDEX article_by_story ON article (story);

-- One state of a report: title and text as they were read. Never edited.
CREATE TABLE revision (
  id        INTEGER PRIMARY KEY,
  article   INTEGER NOT NULL REFERENCES article (id),
  document  INTEGER REFERENCES document (id),
  digest    BLOB    NOT NULL,               -- SHA-256 of title, two line feeds, text
  outlet    INTEGER REFERENCES outlet (id),
  language  TEXT,
  published TEXT,                           -- RFC 3339, or a bare day
  day       INTEGER,                        -- days since 1970 of the publication
  url       TEXT,                           -- where it differs from the article's name
  title     TEXT    NOT NULL,
  text      TEXT    NOT NULL
);
CREATE INDEX revision_by_article ON revision (article);
CREATE INDEX revision_by_day ON revision (day);

-- What the steps made of a revision, in few bits: docs/desk.md tells how, `export` writes it as JSON.
CREATE TABLE annotation (
  revision INTEGER PRIMARY KEY REFERENCES revision (id),
  digest   BLOB NOT NULL,                   -- first half of the SHA-256 of the content
  content  BLOB NOT NULL                    -- the article without title and text, and its analysis
);

-- Entries of knowledge tables that annotations name by number: country, city, person ...
CREATE TABLE link (
  id      INTEGER PRIMARY KEY,
  key     INTEGER NOT NULL UNIQUE,          -- first 8 bytes of the SHA-256 of the content
  content TEXT    NOT NULL                  -- JSON
);

-- Numbers that stand for the names of tags in annotations: lists grow at their ends only.
CREATE TABLE tag (
  kind   TEXT    NOT NULL,                  -- upos, xpos, relation
  number INTEGER NOT NULL,
  name   TEXT    NOT NULL,
  PRIMARY KEY (kind, number)
) WITHOUT ROWID;

-- The history that the grouping follows: arrivals and acts of people, in order.
CREATE TABLE step (
  id       INTEGER PRIMARY KEY,
  revision INTEGER REFERENCES revision (id),
  act      INTEGER REFERENCES act (id),
  seen     TEXT                             -- stands in for a missing date
);

-- What a person did: a merge, a split.
CREATE TABLE act (
  id     INTEGER PRIMARY KEY,
  kind   TEXT    NOT NULL,
  words  TEXT    NOT NULL,                  -- as it was asked for
  as_of  TEXT,
  undone INTEGER NOT NULL DEFAULT 0
);

-- The constraints that an act set.
CREATE TABLE decision (
  id      INTEGER PRIMARY KEY,
  act     INTEGER NOT NULL REFERENCES act (id),
  verdict TEXT    NOT NULL,                 -- together, apart
  a       INTEGER NOT NULL REFERENCES article (id),
  b       INTEGER NOT NULL REFERENCES article (id)
);
CREATE INDEX decision_by_act ON decision (act);

-- What became of stories, in order.
CREATE TABLE event (
  id      INTEGER PRIMARY KEY,
  step    INTEGER NOT NULL,
  kind    INTEGER NOT NULL,                 -- see event_kind
  story   INTEGER NOT NULL REFERENCES story (id),
  other   INTEGER REFERENCES story (id),
  article INTEGER REFERENCES article (id)
);
CREATE INDEX event_by_story ON event (story);
CREATE TABLE event_kind (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO event_kind VALUES
  (1, 'opened'), (2, 'joined'), (3, 'revised'), (4, 'moved'), (5, 'merged'), (6, 'split'), (7, 'restored'), (8, 'let go');

-- States of the grouping, so that it need not be followed from the start: derived, may be deleted at any time.
CREATE TABLE snapshot (
  step    INTEGER NOT NULL,
  chunk   INTEGER NOT NULL,
  content BLOB    NOT NULL,
  PRIMARY KEY (step, chunk)
);

-- Input that could not be used, with the reason.
CREATE TABLE quarantine (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  name_key INTEGER NOT NULL,
  reason   TEXT    NOT NULL,
  tries    INTEGER NOT NULL DEFAULT 1,
  digest   BLOB,
  document TEXT,                            -- JSON: the document without its bytes
  content  BLOB                             -- its bytes, deflated
);
CREATE INDEX quarantine_by_name ON quarantine (name_key);

-- Feeds, sitemaps and hosts, with what is known of them. The fetching step owns the content.
CREATE TABLE source (
  url   TEXT PRIMARY KEY,
  state TEXT NOT NULL                       -- JSON
) WITHOUT ROWID;

-- Saved searches and stories that are watched, and what each has told.
CREATE TABLE alert (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,                    -- JSON
  after   INTEGER NOT NULL                  -- step up to which it has looked
);
CREATE TABLE notice (
  id    INTEGER PRIMARY KEY,
  alert INTEGER NOT NULL REFERENCES alert (id),
  key   BLOB    NOT NULL,                   -- SHA-256 of what is told: each is told once
  step  INTEGER NOT NULL,
  words TEXT    NOT NULL,                   -- JSON
  sent  INTEGER NOT NULL DEFAULT 0,
  UNIQUE (alert, key)
);

CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Full text of the present state of each article; rows go by article.
CREATE VIRTUAL TABLE search USING fts5 (
  title, text, names, speakers,
  content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);

-- For people with other tools.
CREATE VIEW articles AS
  SELECT a.name AS article, r.title, o.name AS outlet, r.published, r.language,
         's' || a.story AS story, f.name AS origin, coalesce(r.url, a.name) AS url, r.text,
         lower(hex(r.digest)) AS revision
    FROM article a JOIN revision r ON r.id = a.current
    LEFT JOIN outlet o ON o.id = r.outlet
    LEFT JOIN article f ON f.id = a.origin;
CREATE VIEW stories AS
  SELECT 's' || s.id AS story, r.title, s.articles, s.origins, s.outlets,
         date(s.first_day * 86400, 'unixepoch') AS first_published,
         date(s.last_day * 86400, 'unixepoch') AS last_published
    FROM story s JOIN article a ON a.id = s.lead JOIN revision r ON r.id = a.current
   WHERE s.articles > 0;
CREATE VIEW revisions AS
  SELECT a.name AS article, r.id AS revision_number, lower(hex(r.digest)) AS revision, r.title, r.published,
         d.name AS document, lower(hex(d.digest)) AS document_digest, d.captured
    FROM revision r JOIN article a ON a.id = r.article LEFT JOIN document d ON d.id = r.document;
CREATE VIEW redirects AS
  SELECT 's' || id AS story, 's' || merged_into AS leads_to FROM story WHERE merged_into IS NOT NULL;
CREATE VIEW history AS
  SELECT e.id AS event, e.step, k.name AS kind, 's' || e.story AS story, 's' || e.other AS other_story, a.name AS article
    FROM event e JOIN event_kind k ON k.id = e.kind LEFT JOIN article a ON a.id = e.article;
