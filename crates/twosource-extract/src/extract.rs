//! The step: one document in, its articles out.

use twosource_model::{
    Article, ArticleId, Confidence, DateSource, DatedEvidence, Document, Outlet, SourceMap,
};

use crate::ExtractError;

/// What the step may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Largest document that is read, in bytes.
    pub max_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { max_bytes: 32 << 20 }
    }
}

/// The articles of a document; most pages hold one.
///
/// # Errors
/// When the document is too large, no text, or nothing but clutter.
pub fn extract(document: &Document, settings: &Settings) -> Result<Vec<Article>, ExtractError> {
    let length = document.bytes().len();
    if length > settings.max_bytes {
        return Err(ExtractError::TooLarge {
            document: document.id.clone(),
            length,
            limit: settings.max_bytes,
        });
    }
    let text = String::from_utf8_lossy(document.bytes());
    if text.trim().is_empty() && document.given.title.is_none() {
        return Err(ExtractError::NoText {
            document: document.id.clone(),
        });
    }
    Ok(vec![as_given(document, &text)])
}

/// The article of a text that is kept byte for byte.
fn as_given(document: &Document, text: &str) -> Article {
    let given = &document.given;
    let id = given
        .id
        .as_deref()
        .or(document.url.as_deref())
        .unwrap_or(document.id.as_str());
    let mut article = Article::of_text(ArticleId::new(id), given.title.as_deref().unwrap_or(""), text);
    article.document = Some(document.digest());
    article.url.clone_from(&document.url);
    article.outlet = given.outlet.as_ref().map(|name| Outlet {
        name: name.clone(),
        host: None,
    });
    article.authors.clone_from(&given.authors);
    article.language = given.language;
    article.reuse.clone_from(&document.reuse);
    article.published = given.published.map(|moment| DatedEvidence {
        moment,
        until: None,
        source: DateSource::Given,
        evidence: moment.to_string(),
        confidence: Confidence::High,
    });
    article.source_map = SourceMap::identity(text.len());
    article
}
