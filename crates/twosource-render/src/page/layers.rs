//! What the language step sees in articles, drawn on their text: one page, a switch for each layer, nothing loaded.

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use twosource_model::{Analysis, Article, MentionForm, Span};

use super::marks::cuts;
use super::policy;
use crate::wire::kebab;

const STYLE: &str = include_str!("layers.css");

/// The layers, in the order of their switches: class of the marks and label.
const LAYERS: [(&str, &str); 6] = [
    ("name", "Names"),
    ("quote", "Quotes"),
    ("time", "Times"),
    ("number", "Numbers"),
    ("event", "Events"),
    ("sentence", "Sentences"),
];

/// A stretch of the text that one layer marks.
struct Mark {
    span: Span,
    layer: &'static str,
    /// What the layer says of it.
    note: String,
}

/// The articles with their layers as one HTML file.
#[must_use]
pub fn layers(articles: &[(Article, Analysis)]) -> String {
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::of(STYLE, ""));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="Twosource";
                title { "Layers of " (articles.len()) " articles" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                form.layers aria-label="Layers" {
                    @for (layer, label) in LAYERS {
                        label { input type="checkbox" id={ "show-" (layer) } checked[layer != "sentence"]; span.(layer) { (label) } }
                    }
                }
                main {
                    @for (article, analysis) in articles { (drawn(article, analysis)) }
                }
            }
        }
    };
    page.into_string()
}

fn drawn(article: &Article, analysis: &Analysis) -> Markup {
    let language = analysis.language.to_string();
    let marks = marks_of(article.text(), analysis);
    markup! {
        article lang=(language) {
            h2 dir="auto" { (article.title()) }
            p.facts { (article.outlet_name()) " · " (language) " · " (analysis.sentences.len()) " sentences" }
            @for paragraph in &article.paragraphs {
                p dir="auto" {
                    @for (span, at) in pieces(paragraph.span, &marks) { (piece(article.text(), span, &at)) }
                }
            }
            (said(article.text(), analysis))
        }
    }
}

/// Who said what, and who did what to whom, as lists.
fn said(text: &str, analysis: &Analysis) -> Markup {
    let words = |spans: &[Span]| {
        spans
            .iter()
            .map(|span| span.of(text))
            .collect::<Vec<_>>()
            .join(" … ")
    };
    markup! {
        @if !analysis.quotes.is_empty() {
            dl.quotes {
                @for quote in &analysis.quotes {
                    dt { (speaker(text, analysis, quote)) }
                    dd { (words(&quote.content)) " " small { (kebab(&quote.kind)) ", " (kebab(&quote.act)) } }
                }
            }
        }
        @if !analysis.events.is_empty() {
            ul.events {
                @for event in &analysis.events {
                    li { (event_note(text, event)) }
                }
            }
        }
    }
}

fn speaker(text: &str, analysis: &Analysis, quote: &twosource_model::Quote) -> String {
    let entity = quote
        .speaker_entity
        .and_then(|entity| analysis.entities.get(entity as usize));
    let beside: Vec<&str> = quote.speaker.iter().map(|span| span.of(text)).collect();
    match (entity, beside.is_empty()) {
        (Some(entity), _) => entity.name.clone(),
        (None, false) => beside.join(" "),
        (None, true) => "unclear".to_owned(),
    }
}

fn event_note(text: &str, event: &twosource_model::Event) -> String {
    let actors = |actors: &[twosource_model::Actor]| {
        let told: Vec<String> = actors
            .iter()
            .map(|actor| {
                format!(
                    "{} ({})",
                    actor.span.of(text),
                    actor.code.as_deref().unwrap_or("–")
                )
            })
            .collect();
        if told.is_empty() {
            "–".to_owned()
        } else {
            told.join(", ")
        }
    };
    format!(
        "{} {} {}, {}",
        actors(&event.source),
        event.event_type,
        actors(&event.target),
        kebab(&event.modality)
    )
}

/// The marks of all layers, in the order of their start.
fn marks_of(text: &str, analysis: &Analysis) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut put = |span: Span, layer, note: String| marks.push(Mark { span, layer, note });
    for sentence in &analysis.sentences {
        put(sentence.span, "sentence", String::new());
    }
    for mention in &analysis.mentions {
        let entity = mention
            .entity
            .and_then(|entity| analysis.entities.get(entity as usize));
        let name = entity.map_or("unclear", |entity| entity.name.as_str());
        let kind = kebab(&mention.entity_type);
        if mention.form == MentionForm::Name {
            put(mention.span, "name", format!("{kind}: {name}"));
        } else {
            put(mention.span, "name other", name.to_owned());
        }
    }
    for quote in &analysis.quotes {
        let who = speaker(text, analysis, quote);
        for span in &quote.content {
            put(*span, "quote", format!("said by {who}"));
        }
    }
    for time in &analysis.times {
        put(
            time.span,
            "time",
            format!(
                "time: {}",
                if time.value.is_empty() {
                    "not known"
                } else {
                    &time.value
                }
            ),
        );
    }
    for number in &analysis.numbers {
        let value = if number.low == number.high {
            number.low.to_string()
        } else {
            format!("{} to {}", number.low, number.high)
        };
        put(number.span, "number", format!("number: {value}"));
    }
    for event in &analysis.events {
        put(event.trigger, "event", event_note(text, event));
    }
    marks.sort_by_key(|mark| (mark.span, mark.layer));
    marks
}

/// `within` cut at every start and end of a mark, each piece with the marks that cover it.
fn pieces(within: Span, marks: &[Mark]) -> Vec<(Span, Vec<&Mark>)> {
    let touching: Vec<&Mark> = marks.iter().filter(|mark| mark.span.overlaps(within)).collect();
    let cuts = cuts(within, touching.iter().map(|mark| mark.span));
    let mut open: Vec<&Mark> = Vec::new();
    let mut next = touching.iter().peekable();
    let mut pieces = Vec::with_capacity(cuts.len());
    for pair in cuts.windows(2) {
        let span = Span::at(pair[0], pair[1]);
        open.retain(|mark| mark.span.end() > span.start());
        while let Some(mark) = next.next_if(|mark| mark.span.start() <= span.start()) {
            open.push(mark);
        }
        pieces.push((span, open.clone()));
    }
    pieces
}

fn piece(text: &str, span: Span, marks: &[&Mark]) -> Markup {
    let classes: Vec<&str> = marks.iter().map(|mark| mark.layer).collect();
    let notes: Vec<&str> = marks
        .iter()
        .map(|mark| mark.note.as_str())
        .filter(|note| !note.is_empty())
        .collect();
    let ends = marks
        .iter()
        .any(|mark| mark.layer == "sentence" && mark.span.end() == span.end());
    markup! {
        span class=(classes.join(" ")) title=[(!notes.is_empty()).then(|| notes.join(" · "))] { (span.of(text)) }
        @if ends { span.stop { "‖" } }
    }
}
