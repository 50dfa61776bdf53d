//! What any kind of feed says, before it becomes documents.

/// A feed as it was written.
#[derive(Debug, Default)]
pub(super) struct Feed {
    pub title: Option<String>,
    pub language: Option<String>,
    pub keep_minutes: Option<u32>,
    pub entries: Vec<Entry>,
}

/// An entry as it was written.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Plain text.
    pub title: Option<String>,
    /// Addresses of its page, the best first.
    pub links: Vec<String>,
    pub id: Option<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    pub bodies: Vec<Body>,
    /// Address that its links are relative to.
    pub base: Option<String>,
}

/// A text of an entry.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub text: String,
    /// Whether it is markup; `None` where that is not said.
    pub html: Option<bool>,
}
