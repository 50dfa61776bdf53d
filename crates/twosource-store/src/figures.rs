//! How much is in the file, as figures that monitoring reads.

use crate::{Store, StoreError};

/// One figure: name, what it counts, and where its number comes from.
const FIGURES: [(&str, &str, &str); 10] = [
    ("documents", "documents taken in", "SELECT count(*) FROM document"),
    ("articles", "articles in the desk", "SELECT count(*) FROM article"),
    ("revisions", "states of articles", "SELECT count(*) FROM revision"),
    (
        "stories",
        "stories with articles",
        "SELECT count(*) FROM story WHERE articles > 0",
    ),
    (
        "stories_confirmed",
        "stories of two or more origins",
        "SELECT count(*) FROM story WHERE origins > 1",
    ),
    (
        "quarantined",
        "inputs set aside",
        "SELECT count(*) FROM quarantine",
    ),
    (
        "decisions",
        "merges and splits that stand",
        "SELECT count(*) FROM act WHERE undone = 0",
    ),
    (
        "sources",
        "feeds, sitemaps and hosts on record",
        "SELECT count(*) FROM source",
    ),
    (
        "alerts",
        "stories and searches watched",
        "SELECT count(*) FROM alert",
    ),
    (
        "notices_waiting",
        "notices not told yet",
        "SELECT count(*) FROM notice WHERE sent = 0",
    ),
];

impl Store {
    /// The figures of the file in the text format that Prometheus reads.
    ///
    /// # Errors
    /// Those of the file.
    pub fn figures(&self) -> Result<String, StoreError> {
        let mut text = String::new();
        let mut put = |name: &str, words: &str, value: i64| {
            text.push_str(&format!(
                "# HELP twosource_{name} {words}\n# TYPE twosource_{name} gauge\ntwosource_{name} {value}\n"
            ));
        };
        for (name, words, sql) in FIGURES {
            put(name, words, self.conn.query_row(sql, [], |row| row.get(0))?);
        }
        put("last_step", "last step of the history", self.last_step()?.0);
        put(
            "file_bytes",
            "bytes of the desk's file",
            i64::try_from(self.bytes()?).unwrap_or(i64::MAX),
        );
        Ok(text)
    }
}
