//! Saved text to [`Article`].

use twosource_model::{Article, Clutter, Document, Outlet, Role};

use crate::charset::DecodedText;
use crate::date_text::Reading;
use crate::extract::base_id;
use crate::metadata::{host_of, language_of_text};
use crate::plain::{LineKind, folded_words, read_plain};
use crate::text::TextBuilder;

/// Most bytes that the language is read off before the lines are typed.
const LANGUAGE_SAMPLE: usize = 4_000;

/// The article of a saved text; none when nothing but clutter stands in it.
pub(crate) fn read_saved_text(
    document: &Document,
    decoded: &DecodedText<'_>,
    markdown: bool,
) -> Vec<Article> {
    let text: &str = &decoded.text;
    let mut sample = text.len().min(LANGUAGE_SAMPLE);
    while !text.is_char_boundary(sample) {
        sample -= 1;
    }
    let reading = Reading {
        language: document
            .given
            .language
            .or_else(|| language_of_text(&text[..sample])),
        ..Reading::default()
    };
    let read = read_plain(text, document.given.title.as_deref(), markdown, reading);
    let mut builder = TextBuilder::default();
    let mut clutter = Vec::new();
    for line in &read.lines {
        let (words, segments) = folded_words(text, std::slice::from_ref(&line.span));
        match line.kind {
            LineKind::Title => {}
            LineKind::Text(role) => builder.paragraph(role, &words, 0, &segments, decoded),
            LineKind::Clutter(rule) => clutter.push(Clutter {
                rule: rule.name().to_owned(),
                text: words,
                bytes: Some(decoded.to_bytes(line.span.start, line.span.end)),
            }),
        }
    }
    let given = document.given.title.clone().filter(|title| !title.is_empty());
    let mut shown = read.title.map(|span| folded_words(text, &[span]));
    // one line alone is what is reported, not a headline over nothing
    if builder.is_empty()
        && given.is_none()
        && !markdown
        && let Some((words, segments)) = shown.take()
    {
        builder.paragraph(Role::Body, &words, 0, &segments, decoded);
    }
    let shown = shown.map(|(words, _)| words);
    let title = given.or(shown).unwrap_or_default();
    if builder.is_empty() && title.is_empty() {
        return Vec::new();
    }
    let (text, paragraphs, source_map) = builder.finish();
    let mut article = Article::of_text(base_id(document), &title, &text);
    article.paragraphs = paragraphs;
    article.source_map = source_map;
    article.clutter = clutter;
    article.authors = read.authors;
    article.editors = read.editors;
    article.section = read.section;
    article.published = read.published;
    article.modified = read.modified;
    article.url = read.url;
    article.outlet = read.outlet.map(|name| Outlet { name, host: None }).or_else(|| {
        let url = document.url.as_deref().or(article.url.as_deref())?;
        let host = host_of(url)?;
        crate::metadata::outlet_by_host(&host)
    });
    vec![article]
}
