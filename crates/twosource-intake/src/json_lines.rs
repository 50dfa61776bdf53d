//! One line of JSON Lines: a page or an article.

use serde::Deserialize;
use twosource_model::{Document, DocumentId, Given, LanguageCode, MediaType, Moment};

/// The wire form of a line. Unknown fields are ignored: the packs and other tools carry their own.
#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    url: Option<String>,
    html: Option<String>,
    text: Option<String>,
    title: Option<String>,
    outlet: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    published: Option<String>,
    language: Option<String>,
}

/// The document of a line.
///
/// # Errors
/// With the reason in words, when the line is no JSON object or holds neither page nor article.
pub(crate) fn document(name: &str, number: u64, line: &[u8]) -> Result<Document, String> {
    let line: Line = serde_json::from_slice(line)
        .map_err(|error| format!("not a JSON object of a page or an article: {error}"))?;
    let id = match line.id {
        None | Some(serde_json::Value::Null) => None,
        Some(serde_json::Value::String(id)) => Some(id),
        Some(serde_json::Value::Number(id)) => Some(id.to_string()),
        Some(_) => return Err("\"id\" is neither a string nor a number".to_owned()),
    };
    let (media_type, content) = match (line.html, line.text) {
        (Some(html), _) => (MediaType::Html, html),
        (None, Some(text)) => (MediaType::ArticleText, text),
        (None, None) if line.title.is_some() => (MediaType::ArticleText, String::new()),
        (None, None) => return Err("the object has neither \"html\" nor \"text\" nor \"title\"".to_owned()),
    };
    let mut document = Document::new(
        DocumentId::new(&format!("{name}#{number}")),
        media_type,
        content.into_bytes(),
    );
    // strings of JSON are Unicode, whatever charset the page itself declares
    let charset = (media_type == MediaType::Html).then(|| "utf-8".to_owned());
    document.url = line.url.filter(|url| !url.is_empty());
    document.given = Given {
        id: Some(id.unwrap_or_else(|| document.url.clone().unwrap_or_else(|| format!("{name}#{number}")))),
        outlet: line.outlet.filter(|outlet| !outlet.is_empty()),
        title: line.title.filter(|title| !title.is_empty()),
        authors: line.authors,
        published: line
            .published
            .and_then(|published| published.parse::<Moment>().ok()),
        language: line.language.and_then(|language| LanguageCode::of_tag(&language)),
        charset,
        ..Given::default()
    };
    Ok(document)
}
