//! The step: one document in, its articles out.

use twosource_model::{
    Article, ArticleId, Confidence, DateSource, DatedEvidence, Document, Finding, MediaType, Moment, Outlet,
    Role, SourceMap,
};

use crate::charset::{DecodedText, decode};
use crate::correction::is_correction_note;
use crate::dateline::{closing_credit, dateline_of};
use crate::html::read_html;
use crate::metadata::{host_of, language_of_text};
use crate::saved_text::read_saved_text;
use crate::{ExtractError, Settings};

/// Bytes at the head of a document in which a zero byte tells that it is no text.
const BINARY_WITHIN: usize = 8_192;

/// The articles of a document; most pages hold one. Of several each has the id `BASE#n`.
///
/// # Errors
/// When the document is too large, no text, or nothing but clutter.
pub fn extract(document: &Document, settings: &Settings) -> Result<Vec<Article>, ExtractError> {
    let decoded = check_document(document, settings)?;
    let mut articles = match document.media_type {
        MediaType::Html => read_html(document, &decoded, settings),
        MediaType::PlainText => read_saved_text(document, &decoded, false),
        MediaType::Markdown => read_saved_text(document, &decoded, true),
        _ => as_given(document, &decoded),
    };
    if articles.is_empty() {
        return Err(ExtractError::NoText {
            document: document.id.clone(),
        });
    }
    for article in &mut articles {
        complete(article, document, &decoded);
    }
    if let [article] = &mut articles[..] {
        name_by_address(article, document);
    }
    Ok(articles)
}

/// Gives an article that no input named the canonical address as its id: a page saved twice is one article in two states.
///
/// An address without a path is a site's front page, which some sites name as canonical for every page they have.
fn name_by_address(article: &mut Article, document: &Document) {
    let has_path = |url: &&str| {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        rest.split_once('/')
            .is_some_and(|(_, path)| !path.trim_matches('/').is_empty())
    };
    if document.given.id.is_none()
        && let Some(url) = article.url.as_deref().filter(has_path)
    {
        article.id = ArticleId::new(url);
    }
}

/// The text of a document that is neither too large nor no text at all.
pub(crate) fn check_document<'d>(
    document: &'d Document,
    settings: &Settings,
) -> Result<DecodedText<'d>, ExtractError> {
    let bytes = document.bytes();
    if bytes.len() > settings.max_bytes {
        return Err(ExtractError::TooLarge {
            document: document.id.clone(),
            length: bytes.len(),
            limit: settings.max_bytes,
        });
    }
    let is_page = document.media_type == MediaType::Html;
    let decoded = decode(bytes, document.given.charset.as_deref(), is_page);
    refuse_binary(document, &decoded)?;
    Ok(decoded)
}

/// The id that the articles of a document take.
pub(crate) fn base_id(document: &Document) -> ArticleId {
    let given = document.given.id.as_deref().or(document.url.as_deref());
    ArticleId::new(given.unwrap_or(document.id.as_str()))
}

fn refuse_binary(document: &Document, decoded: &DecodedText<'_>) -> Result<(), ExtractError> {
    let bytes = document.bytes();
    let wide = decoded.encoding.starts_with("UTF-16");
    let head = &bytes[..bytes.len().min(BINARY_WITHIN)];
    match head.iter().position(|b| *b == 0) {
        Some(at) if !wide && head.iter().filter(|b| **b == 0).count() * 200 > head.len() => {
            Err(ExtractError::Binary {
                document: document.id.clone(),
                at,
                byte: 0,
            })
        }
        _ => {
            let magic: [&[u8]; 7] = [
                b"%PDF-",
                b"\x89PNG",
                b"\xff\xd8\xff",
                b"PK\x03\x04",
                b"\x7fELF",
                b"GIF8",
                b"\x1f\x8b",
            ];
            match magic.iter().find(|m| bytes.starts_with(m)) {
                Some(m) => Err(ExtractError::Binary {
                    document: document.id.clone(),
                    at: 0,
                    byte: m[0],
                }),
                None => Ok(()),
            }
        }
    }
}

/// The article of a text that is kept byte for byte.
fn as_given(document: &Document, decoded: &DecodedText<'_>) -> Vec<Article> {
    let title = document.given.title.as_deref().unwrap_or("");
    if decoded.text.trim().is_empty() && document.given.title.is_none() {
        return Vec::new();
    }
    let mut article = Article::of_text(base_id(document), title, &decoded.text);
    let mut paragraphs = std::mem::take(&mut article.paragraphs);
    for paragraph in &mut paragraphs {
        if paragraph.role == Role::Body && is_correction_note(paragraph.span.of(article.text())) {
            paragraph.role = Role::Correction;
        }
    }
    article.paragraphs = paragraphs;
    if decoded.is_in_step() {
        article.source_map = SourceMap::identity(decoded.text.len());
    } else {
        article.source_map = crate::text::map_of_whole(decoded);
    }
    vec![article]
}

/// Fills in what the input said beside the content, which stands above what was read out of it, and what the text
/// itself tells.
fn complete(article: &mut Article, document: &Document, decoded: &DecodedText<'_>) {
    let given = &document.given;
    article.document = Some(document.digest());
    article.reuse.clone_from(&document.reuse);
    if document.url.is_some() && article.url.is_none() {
        article.url.clone_from(&document.url);
    }
    if let Some(name) = &given.outlet {
        article.outlet = Some(Outlet {
            name: name.clone(),
            host: article.url.as_deref().and_then(host_of),
        });
    }
    if !given.authors.is_empty() {
        article.authors.clone_from(&given.authors);
    }
    let dated = |moment: Moment, source, confidence| DatedEvidence {
        moment,
        until: None,
        source,
        evidence: moment.to_string(),
        confidence,
    };
    if let Some(moment) = given.published {
        article.published = Some(dated(moment, DateSource::Given, Confidence::High));
    } else if let (None, Some(moment)) = (&article.published, given.feed_published) {
        article.published = Some(dated(moment, DateSource::Feed, Confidence::Medium));
    }
    article.language = given
        .language
        .or(article.language)
        .or_else(|| language_of_text(article.text()));
    read_credits(article);
    if given.feed_entry {
        article.findings.push(Finding::new(
            "feed-text",
            "This is the feed's own text: the page itself was not to be had.",
        ));
    }
    if article.published.is_none() {
        article.findings.push(Finding::new(
            "no-date",
            "The report does not say when it was published.",
        ));
    }
    if decoded.damaged {
        article.findings.push(Finding::new(
            "damaged-characters",
            format!("Some bytes are no {} and were replaced.", decoded.encoding),
        ));
    }
}

/// The dateline, and agencies credited at the head, the end or in the byline.
fn read_credits(article: &mut Article) {
    let Some(first) = article
        .paragraphs
        .iter()
        // old pages keep their text in tables
        .find(|p| matches!(p.role, Role::Body | Role::TableRow))
        .copied()
    else {
        return;
    };
    let text = article.text();
    let head = dateline_of(&text[first.span.start()..first.span.end()]);
    let mut credits: Vec<String> = article.wire_credits.clone();
    let mut add = |name: &str| {
        if !credits.iter().any(|c| c == name) {
            credits.push(name.to_owned());
        }
    };
    head.agencies.iter().for_each(|name| add(name));
    if let Some(last) = article.paragraphs.last() {
        let line = &text[last.span.start()..last.span.end()];
        closing_credit(line).into_iter().for_each(&mut add);
    }
    for author in &article.authors {
        crate::agencies::agencies_of(author)
            .into_iter()
            .for_each(&mut add);
    }
    let dateline = head.place.map(|place| {
        let at = first.span.start();
        twosource_model::Span::at(at + place.start(), at + place.end())
    });
    article.wire_credits = credits;
    article.dateline = dateline;
}
