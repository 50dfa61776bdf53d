-- Stories of one affair, both ways: strong pairs of their reports tie them although they are not one.
CREATE TABLE thread (
  story INTEGER NOT NULL REFERENCES story (id),
  near  INTEGER NOT NULL REFERENCES story (id),
  PRIMARY KEY (story, near)
) WITHOUT ROWID;
-- What came in before has its ties looked for when the grouping is next read.
INSERT INTO note SELECT 'threads', 'to be looked for' WHERE EXISTS (SELECT 1 FROM story);
-- For people with other tools.
CREATE VIEW threads AS
  SELECT 's' || t.story AS story, 's' || t.near AS near
    FROM thread t JOIN story a ON a.id = t.story JOIN story b ON b.id = t.near WHERE a.articles > 0 AND b.articles > 0;
